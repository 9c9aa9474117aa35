import {
  betterDrift,
  clockStanding,
  measureDrift,
  serverTime,
  type ClockStanding,
  type Drift,
} from '#shared/tickets/drift.ts';
import type { EpochMs } from '#shared/time.ts';
import { readFact, writeFact } from '#workers/ui/client/wallet-store.ts';

/** The server's clock as this phone knows it: measured whenever the two speak, and kept for when they cannot. */

let drift: Drift | undefined;

export async function recallDrift(): Promise<void> {
  drift ??= await readFact('drift').catch(() => undefined);
}

/** Asks the server something whose answer says its time, and learns from it how wrong this phone's clock is. */
export async function timed<Answer extends { readonly nowMs: EpochMs }>(
  ask: () => Promise<Response>,
): Promise<{ readonly answer?: Answer; readonly response: Response }> {
  const sentAtMs = Date.now();
  const response = await ask();
  const receivedAtMs = Date.now();
  if (!response.ok) return { response };
  const answer = (await response.json()) as Answer;
  drift = betterDrift(drift, measureDrift(sentAtMs, receivedAtMs, answer.nowMs));
  // A phone that keeps nothing still has it for as long as this page is open.
  await writeFact('drift', drift).catch(() => undefined);
  return { answer, response };
}

export function serverNow(): EpochMs {
  return serverTime(drift, Date.now());
}

export function clockNow(): { readonly standing: ClockStanding; readonly offsetMs: number } {
  return { standing: clockStanding(drift, Date.now()), offsetMs: drift?.offsetMs ?? 0 };
}
