import { type LoadedPolicy, titleOf } from '../../evaluation/policySource.ts';
import { compact } from '../format.ts';

/** What loaded weights are called: present ones by how much they had learned when they were read. */
export const policyTitle = ({ source, frames }: LoadedPolicy): string =>
  source.isPresent && frames !== null ? `${source.name}, ${compact(frames)} env steps` : titleOf(source);
