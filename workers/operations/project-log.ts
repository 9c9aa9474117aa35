import { issueDocuments } from '#d1/queries/documents.ts';
import { collectStatements } from '#d1/queries/ledger-grants.ts';
import { writeTransfers } from '#d1/queries/ledger-rows.ts';
import { noteReading, setAside, type Reading } from '#d1/queries/projection-health.ts';
import { ToldWallets } from './tell-wallets.ts';
import { isRefusedRow } from '#d1/queries/refused-row.ts';
import { moveCursor, readCursor } from '#d1/queries/projection.ts';
import type { ToldChange } from '#d1/queries/wallet-changes.ts';
import type { DocumentFigures } from '#shared/documents/document.ts';
import type { Transfer } from '#shared/ledger/transfer.ts';
import { documentRows } from './issue-documents.ts';
import { openSource, type LogSource, type ProjectedEntry, type Reader, type Statement } from './log-sources.ts';

/** An entry with what it does to the read models and asks the ledger for, or why nobody can tell. */
type Prepared = { readonly entry: ProjectedEntry } & (
  | {
      readonly statements: readonly Statement[];
      readonly postings: readonly Transfer[];
      readonly documents: readonly DocumentFigures[];
    }
  | { readonly why: string }
);

/** What a commit needs besides its entries: where they come from, what was seen of that log, and whom to tell of it. */
type Pull = {
  readonly reader: Reader;
  readonly source: LogSource;
  readonly reading: Reading;
  readonly told: ToldWallets;
};

/** D1 takes a limited number of statements in a batch; a page longer than this is committed in parts. */
const statementsPerBatch = 400;
const pagesPerRing = 50;

/**
 * Pulls what an object decided since D1's cursor and commits rows and cursor together. Called at each ring of the
 * doorbell; rings may be lost, repeated and reordered. True when the object has been read to its end. An entry that
 * cannot be projected is set aside in the batch that moves the cursor past it: those behind it never wait.
 */
export async function project(reader: Reader, sourceName: string): Promise<boolean> {
  const source = openSource(reader, sourceName);
  if (source === undefined) {
    console.error('doorbell of an unknown kind', sourceName.slice(0, 40));
    return true;
  }
  const told = new ToldWallets(reader);
  try {
    return await readPages(reader, source, told);
  } finally {
    await told.all();
  }
}

async function readPages(reader: Reader, source: LogSource, told: ToldWallets): Promise<boolean> {
  let cursor = await readCursor(reader.db, source.name);
  for (let page = 0; page < pagesPerRing; page += 1) {
    const { entries, headSeq } = await source.readAfter(cursor);
    const [oldest] = entries;
    if (oldest === undefined) return true;
    const now = reader.clock();
    const reading = { source: source.name, headSeq, lagMs: Math.max(0, now - oldest.atMs), measuredAtMs: now };
    for (const part of inParts(entries, source)) {
      await queueWhatFollows(reader, source, part);
      cursor = await commit({ reader, source, reading, told }, cursor, part);
    }
  }
  return false;
}

/** Commits a part, or, if D1 refuses one of its rows, halves of it, until the refused entry stands alone and is set aside. */
async function commit(pull: Pull, cursor: number, part: readonly Prepared[]): Promise<number> {
  const lastSeq = part.at(-1)?.entry.seq ?? cursor;
  try {
    await commitAs(pull, cursor, lastSeq, part);
    return lastSeq;
  } catch (error) {
    // The database is away, or another consumer was faster: nothing is wrong with the entries.
    if (!isRefusedRow(error)) throw error;
    const [first, second] = part;
    if (first === undefined) throw error;
    if (second === undefined) {
      await commitAs(pull, cursor, lastSeq, [{ entry: first.entry, why: reasonOf(error) }]);
      return lastSeq;
    }
    const middle = Math.ceil(part.length / 2);
    return commit(pull, await commit(pull, cursor, part.slice(0, middle)), part.slice(middle));
  }
}

async function commitAs(
  { reader, source, reading, told }: Pull,
  cursor: number,
  lastSeq: number,
  part: readonly Prepared[],
): Promise<void> {
  const { db } = reader;
  const aside = part.filter((prepared) => 'why' in prepared);
  const asked = part.flatMap((prepared) => {
    if ('why' in prepared) return [];
    return prepared.documents.map((figures) => ({ figures, suppliedAtMs: prepared.entry.atMs }));
  });
  const postings = part.flatMap((prepared) => ('why' in prepared ? [] : prepared.postings));
  const results: readonly unknown[] = await db.batch([
    moveCursor(db, source.name, cursor, lastSeq),
    noteReading(db, { ...reading, cursorSeq: lastSeq }),
    ...part.flatMap((prepared) => ('why' in prepared ? [] : prepared.statements)),
    // All of the part's at once: the batch that moves the cursor past an entry holds what it posts.
    ...writeTransfers(db, postings),
    ...collectStatements(db, postings),
    // Numbered in this very batch: one that fails uses up no number, and one that is repeated gives none twice.
    ...issueDocuments(db, await documentRows(db, asked, reading.measuredAtMs)),
    ...aside.map(({ entry, why }) => setAside(db, { source: source.name, entry, why, nowMs: reading.measuredAtMs })),
  ]);
  // Only the feed's statements answer rows, and only where something was written.
  told.tell(results.flatMap((result) => (Array.isArray(result) ? (result as ToldChange[]) : [])));
  for (const { entry, why } of aside) console.error('log entry set aside', `${source.name}/${entry.seq}`, why);
}

/**
 * Messages that entries give rise to. Queued before the cursor moves, so that a crash in between repeats them instead of
 * losing them; each carries an idempotency key, and a repeat is dropped where it is sent.
 */
async function queueWhatFollows(reader: Reader, source: LogSource, part: readonly Prepared[]): Promise<void> {
  for (const { entry } of part) {
    if ('eventId' in source.scope) await queueAboutTransfers(reader, source.scope.eventId, entry);
    if (entry.kind === 'waitlist.offered') {
      const { entryId, endsAtMs: offerEndsAtMs } = entry;
      await reader.queueMessage({ kind: 'waitlist_offered', entryId, offerEndsAtMs });
    }
    if (entry.kind === 'waitlist.lapsed') {
      await reader.queueMessage({ kind: 'waitlist_lapsed', entryId: entry.entryId });
    }
    if (entry.kind === 'refund.decided' && entry.cause !== 'dispute') {
      const { orderId, refundId, cause } = entry;
      await reader.queueMessage({ kind: 'refund_made', orderId, refundId });
      if (cause === 'event_cancelled') {
        await reader.queueMessage({ kind: 'refund_made', orderId, refundId, as: 'recipient' });
      }
    }
    // Most of what goes to a wallet was meant to; whoever writes sees whether a card had refused it.
    if (entry.kind === 'refund.paid' && entry.to === 'wallet') {
      await reader.queueMessage({ kind: 'refund_rerouted', orderId: entry.orderId, refundId: entry.refundId });
    }
    if (entry.kind !== 'order.moved') continue;
    const { orderId, state } = entry;
    if (state === 'completed') await reader.queueMessage({ kind: 'order_confirmation', orderId });
    if (state === 'refunded') await reader.queueMessage({ kind: 'order_refunded', orderId });
  }
}

/** Whoever gives hears of each step, whoever is offered a ticket of the offer, whoever holds it of its new code or its end. */
async function queueAboutTransfers({ queueMessage }: Reader, eventId: string, entry: ProjectedEntry): Promise<void> {
  switch (entry.kind) {
    case 'transfer.offered': {
      const { transferId } = entry;
      await queueMessage({ kind: 'transfer_news', what: 'offered', transferId, eventId });
      if (entry.forCustomerId !== undefined) await queueMessage({ kind: 'transfer_offered', transferId, eventId });
      return;
    }
    case 'transfer.declined':
      return queueMessage({ kind: 'transfer_news', what: 'declined', transferId: entry.transferId, eventId });
    case 'ticket.transferred':
      return queueMessage({ kind: 'transfer_news', what: 'accepted', transferId: entry.transferId, eventId });
    case 'ticket.moved': {
      const { ticketId, givenTo } = entry;
      if (givenTo === undefined) return;
      return queueMessage({ kind: 'ticket_revoked', ticketId, eventId, customerId: givenTo });
    }
    case 'ticket.reissued': {
      const { ticketId, customerId, generation, cause } = entry;
      return queueMessage({ kind: 'ticket_reissued', ticketId, eventId, customerId, generation, cause });
    }
    default:
      return undefined;
  }
}

function* inParts(entries: readonly ProjectedEntry[], source: LogSource) {
  let part: Prepared[] = [];
  let size = 0;
  for (const entry of entries) {
    const prepared = prepare(entry, source);
    part.push(prepared);
    size += 'why' in prepared ? 1 : prepared.statements.length + prepared.postings.length + prepared.documents.length;
    if (size >= statementsPerBatch || entry === entries.at(-1)) {
      yield part;
      [part, size] = [[], 0];
    }
  }
}

/** A kind that a newer version of this code writes is not known here: during a deploy that is no reason to stop. */
function prepare(entry: ProjectedEntry, source: LogSource): Prepared {
  try {
    const statements: unknown = source.project(entry);
    return Array.isArray(statements)
      ? {
          entry,
          statements: [...(statements as Statement[]), ...source.changes(entry)],
          postings: source.postings(entry),
          documents: source.documents(entry),
        }
      : { entry, why: `unknown kind ${entry.kind.slice(0, 40)}` };
  } catch (error) {
    return { entry, why: reasonOf(error) };
  }
}

const reasonLimit = 200;

/** The innermost reason: what wraps it repeats the statement with its values. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, reasonLimit);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message.slice(0, reasonLimit);
}
