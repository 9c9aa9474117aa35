import { fail, ok, type Result } from '#shared/result.ts';
import { secondMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';

const freshMs = 10 * secondMs;
const keptMax = 400;

type Kept<Found> = { readonly found: Found | undefined; readonly atMs: number };

/**
 * Something of the catalogue that is asked for again and again. Kept in memory for seconds, and for longer when the database
 * does not answer: an inventory has the last word on every sale, so a copy that is a little old can mislead nobody for
 * long. That there is none is kept too.
 */
export function keptInMemory<Found>() {
  const kept = new WeakMap<Services, Map<string, Kept<Found>>>();
  return async (
    services: Services,
    key: string,
    ask: () => Promise<Found | undefined>,
  ): Promise<Result<Found, 'not_found' | 'temporarily_unavailable'>> => {
    const memory = kept.get(services) ?? new Map<string, Kept<Found>>();
    kept.set(services, memory);
    const known = memory.get(key);
    const now = services.clock();
    if (known !== undefined && now - known.atMs < freshMs) return answer(known.found);
    try {
      const found = await ask();
      if (memory.size >= keptMax) memory.clear();
      memory.set(key, { found, atMs: now });
      return answer(found);
    } catch (error) {
      console.error('catalogue did not answer', error);
      return known === undefined ? fail('temporarily_unavailable') : answer(known.found);
    }
  };
}

function answer<Found>(found: Found | undefined): Result<Found, 'not_found'> {
  return found === undefined ? fail('not_found') : ok(found);
}
