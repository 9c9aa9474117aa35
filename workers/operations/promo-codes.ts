import { promoBrakes } from '#shared/access/brakes.ts';
import type { Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { brake, unbrake, type Tally } from './brake.ts';

/** What rules know a code by: they are read by many, and the code itself is only on flyers. */
export async function digestOfCode(folded: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(folded));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Who tries a code: the person who is signed in, else the browser; and whose codes may be meant. */
export type Trying = {
  readonly personId: string | undefined;
  readonly browserHash: string;
  readonly businessIds: readonly string[];
};

/**
 * Counts a code that somebody typed. A stranger's browser has a budget, and so have all strangers together at a business:
 * a new browser costs nothing. Whoever is signed in has a budget of their own, so that strangers who guess stop nobody
 * else. A code that was right is no try: take it back with `forgive`.
 */
export async function countTry(
  services: Services,
  trying: Trying,
): Promise<Result<{ forgive: () => Promise<void> }, 'too_many_requests'>> {
  const tallies = talliesOf(trying);
  const allowed = await brake(services, tallies);
  if (!allowed.ok) return allowed;
  const forgive = async (): Promise<void> => {
    await Promise.all(tallies.map((tally) => unbrake(services, tally)));
  };
  return { ok: true, value: { forgive } };
}

function talliesOf({ personId, browserHash, businessIds }: Trying): Tally[] {
  if (personId !== undefined) return [{ ...promoBrakes.person, subject: personId }];
  return [
    { ...promoBrakes.browser, subject: browserHash },
    ...businessIds.map((businessId) => ({ ...promoBrakes.strangers, subject: businessId })),
  ];
}
