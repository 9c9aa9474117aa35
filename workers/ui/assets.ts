import manifest from '../../.build/asset-manifest.json' with { type: 'json' };

const paths: Readonly<Record<string, string | undefined>> = manifest;

/** Changes with any built file. */
export const buildId = Object.values(manifest).join();

/**
 * The served path of a built file, by its logical name: `app.css`, `gate/gate.island.js`. Its name carries a digest
 * of its bytes, so it is cached for ever and a new build is a new path. Throws on a name the build did not make.
 */
export function asset(name: string): string {
  const path = paths[name];
  if (path === undefined) throw new Error(`The build made no asset called ${name}`);
  return path;
}
