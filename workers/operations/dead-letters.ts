import {
  addDeadLetter,
  findDeadLetter,
  openDeadLetters,
  settleDeadLetter,
  unsettleDeadLetter,
} from '#d1/queries/dead-letters.ts';
import { markGiftSent } from '#d1/queries/gifts.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { struckOut, subjectOf, wholeMessage } from '#workers/messaging/strike-out.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';

/** A message that will not arrive, as the people who run the platform see it. */
export type DeadLetterView = {
  readonly id: string;
  readonly kind: OutgoingMessage['kind'];
  readonly why: string;
  readonly failedAtMs: EpochMs;
  /** An order's, person's or invitation's id. */
  readonly aboutId: string | undefined;
  readonly canSendAgain: boolean;
};

/** Keeps a message that was given up, secrets struck out. `id` is the queue's, so that a repeat is kept once. */
export async function keepDeadLetter(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { id, message, why }: { id: string; message: OutgoingMessage; why: string },
): Promise<void> {
  const kept = JSON.stringify(struckOut(message));
  await addDeadLetter(db, { id: `dlt_${id}`, kind: message.kind, message: kept, why, failedAtMs: clock() });
  // From here on somebody looks after it: the clock must not queue it again every few hours.
  if (message.kind === 'gift_tickets') await markGiftSent(db, message.orderId, clock());
}

export async function listDeadLetters({ db }: Pick<Services, 'db'>): Promise<DeadLetterView[]> {
  const letters = await openDeadLetters(db);
  return letters.map(({ id, kind, message, why, failedAtMs }) => ({
    id,
    kind: kind as OutgoingMessage['kind'],
    why,
    failedAtMs,
    aboutId: subjectOf(message),
    canSendAgain: wholeMessage(message) !== undefined,
  }));
}

type Settling = Pick<Services, 'db' | 'clock' | 'queueMessage'>;
type SettleFailure = 'not_found' | 'message_settled' | 'message_not_whole';

/**
 * Queues a dead letter once more. It is marked before it is queued: of two who press at once one wins, and a crash in
 * between loses a message that somebody was looking at rather than sending it twice to somebody who was not.
 */
export async function sendAgain(
  services: Settling,
  id: string,
  actorId: string,
): Promise<Result<undefined, SettleFailure>> {
  const letter = await findDeadLetter(services.db, id);
  if (letter === undefined) return fail('not_found');
  const message = wholeMessage(letter.message);
  if (message === undefined) return fail('message_not_whole');
  const settlement = { by: actorId, as: 'sent_again', atMs: services.clock() } as const;
  if (!(await settleDeadLetter(services.db, id, settlement))) return fail('message_settled');
  try {
    await services.queueMessage(message);
  } catch (error) {
    await unsettleDeadLetter(services.db, id, settlement);
    throw error;
  }
  await audit(services, { action: 'message.sent_again', actorId, subjectId: id, facts: { kind: letter.kind } });
  return ok();
}

export async function letGo(
  services: Settling,
  id: string,
  actorId: string,
): Promise<Result<undefined, SettleFailure>> {
  const letter = await findDeadLetter(services.db, id);
  if (letter === undefined) return fail('not_found');
  const settlement = { by: actorId, as: 'let_go', atMs: services.clock() } as const;
  if (!(await settleDeadLetter(services.db, id, settlement))) return fail('message_settled');
  await audit(services, { action: 'message.let_go', actorId, subjectId: id, facts: { kind: letter.kind } });
  return ok();
}
