import { countTries, forgetTry } from '#d1/queries/velocity.ts';
import { minutesToWait, type Brake } from '#shared/access/brakes.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { tallyKey } from '#workers/keys/tally-key.ts';
import type { Services } from '#workers/services.ts';

/** Something counted, and whom it is counted for: an address, a browser's digest, a device's id. */
export type Tally = Brake & { readonly subject: string };

/** Counts this try under each brake and refuses it when any holds; the failure says for how many minutes. */
export async function brake(
  services: Services,
  tallies: readonly Tally[],
): Promise<Result<undefined, 'too_many_requests'>> {
  const now = services.clock();
  const ticks = await Promise.all(
    tallies.map(async (tally) => ({ key: await keyOf(services, tally), windowEndsAtMs: now + tally.windowMs })),
  );
  const counted = await countTries(services.db, ticks, now);
  const minutes = minutesToWait(
    counted.map((count, index) => ({ ...count, limit: tallies[index]?.limit ?? 0 })),
    now,
  );
  return minutes === undefined ? ok() : fail('too_many_requests', { minutes });
}

/** Takes back a try that turned out not to be one. */
export async function unbrake(services: Services, tally: Tally): Promise<void> {
  await forgetTry(services.db, await keyOf(services, tally));
}

/** True for whoever comes first with it, until then: for challenges that may be answered once. */
export async function spendOnce(services: Services, name: string, value: string, untilMs: number): Promise<boolean> {
  const key = await tallyKey(services.settings.masterKey, `once/${name}`, value);
  const [counted] = await countTries(services.db, [{ key, windowEndsAtMs: untilMs }], services.clock());
  return counted?.count === 1;
}

function keyOf({ settings }: Services, { by, name, subject }: Tally): Promise<string> {
  return tallyKey(settings.masterKey, `${by}/${name}`, subject);
}
