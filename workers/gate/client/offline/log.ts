import { takenBack, withPassage, type OwnPassage, type Passage } from '#shared/gate/heard.ts';
import { append, emptyLog, recordsAtOnce, type LogHead, type RecordFacts } from '#shared/gate/scan-log.ts';
import { logPorts } from './bytes.ts';
import { isFull, read, type KeptRecord, type Store } from './store.ts';

/** What a record changes in this scanner's memory, in the same transaction: both are there after a crash, or neither. */
export type Effect =
  | { readonly kind: 'none' }
  /** `known` is what was decided by: if more is known by now, the decision is made again. */
  | { readonly kind: 'pass'; readonly ticketId: string; readonly passage: Passage; readonly known: number }
  | { readonly kind: 'take_back'; readonly ticketId: string; readonly passage: OwnPassage };

export type Appended =
  | 'kept'
  /** Another window of this phone, or news, came between: decide again. */
  | 'moved'
  /** This phone has no room left. Nothing was kept, so nothing may be shown. */
  | 'full';

/**
 * Writes a record to disk, then answers: whoever shows a verdict has awaited this. `strict` asks the browser to flush to the
 * disk before it says so; a battery that dies a moment later takes nothing with it.
 */
export async function keepRecord(store: Store, facts: RecordFacts, effect: Effect): Promise<Appended> {
  const before = (await read(store, 'head')) ?? emptyLog;
  const { text, head } = await append(before, facts, logPorts);
  const work = store.transaction(['state', 'log', 'passages'], 'readwrite', { durability: 'strict' });
  try {
    const state = work.objectStore('state');
    const isNext = ((await state.get('head')) as LogHead | undefined)?.seq === (before.seq || undefined);
    const passages = work.objectStore('passages');
    const known = effect.kind === 'none' ? [] : ((await passages.get(effect.ticketId)) ?? []);
    const isAsDecided = effect.kind !== 'pass' || known.length === effect.known;
    if (!isNext || !isAsDecided) {
      await work.done;
      return 'moved';
    }
    if (effect.kind === 'pass') await passages.put(withPassage(known, effect.passage), effect.ticketId);
    if (effect.kind === 'take_back') await passages.put(takenBack(known, effect.passage), effect.ticketId);
    await work.objectStore('log').add({ seq: head.seq, text, recordId: facts.recordId });
    await state.put(head, 'head');
    await work.done;
    return 'kept';
  } catch (error) {
    giveUp(work);
    if (isFull(error)) return 'full';
    throw error;
  }
}

/** All of it or nothing: a passage remembered without its record would send the same person away the next time. */
function giveUp(work: { abort(): void; readonly done: Promise<void> }): void {
  work.done.catch(() => undefined);
  try {
    work.abort();
  } catch {
    // It had given up by itself.
  }
}

/** The oldest records the event has not acknowledged, a batch of them. */
export function unsent(store: Store): Promise<KeptRecord[]> {
  return store.getAll('log', undefined, recordsAtOnce);
}

export function countUnsent(store: Store): Promise<number> {
  return store.count('log');
}

/** Whether a scan was decided here and the event has not acknowledged it. */
export async function isUnsent(store: Store, recordId: string): Promise<boolean> {
  return (await store.getKeyFromIndex('log', 'byRecord', recordId)) !== undefined;
}

/** These the event has. Their part in this scanner's memory came back, or comes, as the event's own news. */
export async function acknowledge(store: Store, records: readonly KeptRecord[]): Promise<void> {
  const work = store.transaction('log', 'readwrite', { durability: 'strict' });
  await Promise.all([...records.map(({ seq }) => work.store.delete(seq)), work.done]);
}
