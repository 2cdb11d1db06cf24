import { EmptyView } from '../components/EmptyView.tsx';

export const NoRun = () => (
  <EmptyView
    title="No run yet"
    text="Choose an environment and settings, then start training. Curves and the policy at play appear here."
  />
);
