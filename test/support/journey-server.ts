import type { TestProject } from 'vitest/node';
import { startFreshServer } from '#scripts/journey/fresh-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
  }
}

/** One real server for all journeys. What goes wrong here is thrown, so that no journey is skipped in silence. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startFreshServer();
  project.provide('serverUrl', server.url);
  return server.stop;
}
