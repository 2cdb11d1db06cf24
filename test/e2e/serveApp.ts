/** Builds and serves the app once for all journeys, which find its address by `inject('appUrl')`. */
import type { TestProject } from 'vitest/node';
import { serveApp } from '../../src/cli/serveApp.ts';

declare module 'vitest' {
  interface ProvidedContext {
    appUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const app = await serveApp();
  project.provide('appUrl', app.url);
  return () => app.close();
}
