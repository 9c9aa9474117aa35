import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';
import { buildWorker } from '#scripts/build-worker.ts';
import { applyMigrations, startLocalServer, type LocalServerOptions } from '#scripts/local-server.ts';
import { seed } from '#scripts/seed/seed.ts';

export type FreshServer = {
  readonly url: string;
  readonly mf: Miniflare;
  /** See `LocalServer`. */
  readonly directUrl: string | undefined;
  /** Stops the runtime and forgets everything it stored. */
  readonly stop: () => Promise<void>;
};

const root = join(import.meta.dirname, '../..');

/**
 * The whole local system on a free port with a seeded expo in a folder of its own: what a walk or a measurement does
 * there touches nobody's data, and two of them can run side by side.
 */
export async function startFreshServer(
  options: Pick<LocalServerOptions, 'main' | 'direct'> = {},
): Promise<FreshServer> {
  await buildWorker('local');
  const dataDir = await mkdtemp(join(tmpdir(), 'expo-ticketing-'));
  const forget = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const server = await startLocalServer({ dataDir, ...options });
    const stop = async (): Promise<void> => {
      await server.stop();
      await forget();
    };
    try {
      await applyMigrations(server.mf, join(root, 'd1/migrations'));
      const { seeded } = await seed(server.mf, { now: Date.now(), origin: server.url });
      if (!seeded) throw new Error('A fresh server was found seeded already');
      return { url: server.url, mf: server.mf, directUrl: server.directUrl, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    await forget();
    throw error;
  }
}
