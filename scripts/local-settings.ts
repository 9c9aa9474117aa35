import { readFileSync } from 'node:fs';
import { builtWorker } from '#scripts/build-worker.ts';

/** A text variable of the local Worker, as wrangler.toml has it. */
export function localSetting(name: string): string {
  const { bindings } = JSON.parse(readFileSync(builtWorker('local').bindings, 'utf8')) as {
    bindings: Readonly<Record<string, unknown>>;
  };
  const value = bindings[name];
  if (typeof value !== 'string') throw new Error(`wrangler.toml sets no ${name} for the local environment`);
  return value;
}
