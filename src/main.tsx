import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { findMissingNeeds } from './ui/browserNeeds.ts';

const query = new URLSearchParams(location.search);

if (query.has('automation')) await import('./ui/automation.ts');

const root = document.getElementById('root')!;
const missing = findMissingNeeds();

if (missing) {
  root.textContent = missing;
} else if (!query.has('headless')) {
  const { App } = await import('./ui/App.tsx');
  createRoot(root).render(<App />);
}

// Not for a program's page: it lives as long as one run.
if (import.meta.env.PROD && !query.has('automation')) {
  const { installServiceWorker } = await import('./ui/offline/serviceWorker.ts');
  void installServiceWorker();
}
