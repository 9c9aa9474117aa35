import { deleteOldCarts } from '#d1/queries/carts.ts';
import { deleteOldChallenges } from '#d1/queries/challenges.ts';
import { openChanges } from '#d1/queries/event-changes.ts';
import { pendingSince } from '#d1/queries/ledger-trial.ts';
import { deleteSettledLetters } from '#d1/queries/dead-letters.ts';
import { endedTransferContacts, removeTransferContact } from '#d1/queries/ticket-transfers.ts';
import { deleteOldSessions } from '#d1/queries/sessions.ts';
import { deleteOldChanges, feedKeptMs } from '#d1/queries/wallet-changes.ts';
import { deleteOldTries } from '#d1/queries/velocity.ts';
import { forgottenAfterMs } from '#shared/ledger/two-phase.ts';
import { dayMs } from '#shared/time.ts';
import { queueGifts } from '#workers/operations/gifts.ts';
import type { Services } from '#workers/services.ts';

/** Small enough for D1 to answer others in between. */
const rowsPerBatch = 500;
/** Each is a message and a deletion. */
const transfersPerBatch = 50;
/** Enough for an hour's rows many times over; what is left waits for the next hour. */
const batchesMax = 20;
/** Ended challenges and sessions are kept for a while: somebody may ask how they got in, or where a message went. */
const changesPerLook = 50;
const keptMs = { carts: 30 * dayMs, challenges: dayMs, sessions: 7 * dayMs, settledLetters: 90 * dayMs };

type Sweeping = Pick<Services, 'db' | 'clock' | 'queueMessage' | 'queueChange'>;

/** Deletes what is over, a bounded number of rows at a time. Run by the clock, every hour; missing a run harms nothing.
 * Gifts whose day has come are sent on their way first, and events' changes whose message got lost go on. */
export async function sweep(services: Sweeping): Promise<void> {
  const { db, clock } = services;
  const now = clock();
  await queueGifts(services);
  for (const { id } of await openChanges(db, changesPerLook)) await services.queueChange(id);
  await reportForgotten({ db, clock });
  await inBatches(() => deleteOldChallenges(db, now - keptMs.challenges, rowsPerBatch));
  await inBatches(() => deleteOldTries(db, now, rowsPerBatch));
  await inBatches(() => deleteOldSessions(db, now - keptMs.sessions, rowsPerBatch));
  await inBatches(() => deleteOldChanges(db, now - feedKeptMs, rowsPerBatch));
  await inBatches(() => deleteOldCarts(db, now - keptMs.carts, rowsPerBatch));
  await inBatches(() => deleteSettledLetters(db, now - keptMs.settledLetters, rowsPerBatch));
  await inBatches(() => endTransfers(services, now), transfersPerBatch);
}

/** Nobody keeps the address of somebody who never came; whoever offered the ticket hears that it stayed theirs. */
async function endTransfers({ db, queueMessage }: Pick<Services, 'db' | 'queueMessage'>, now: number): Promise<number> {
  const ended = await endedTransferContacts(db, now, transfersPerBatch);
  for (const { transferId, eventId } of ended) {
    // First the message: a crash in between repeats it, and a repeat is dropped where it is sent.
    await queueMessage({ kind: 'transfer_news', what: 'expired', transferId, eventId });
    await removeTransferContact(db, transferId);
  }
  return ended.length;
}

async function inBatches(deleteSome: () => Promise<number>, most = rowsPerBatch): Promise<void> {
  for (let batch = 0; batch < batchesMax; batch += 1) {
    if ((await deleteSome()) < most) return;
  }
}

const reportedMax = 50;

/** What was set aside for an order and never ended is told of, never ended here: its card's part may have been captured. */
async function reportForgotten({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> {
  for (const { transferId } of await pendingSince(db, clock() - forgottenAfterMs, reportedMax)) {
    console.error('set aside and forgotten', transferId);
  }
}
