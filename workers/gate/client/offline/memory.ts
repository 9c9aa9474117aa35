import { withPassage, withoutScan, type Passage } from '#shared/gate/heard.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import { isFull, keep, read, type Store } from './store.ts';

/** Who was let in and out, here and at other gates as far as this scanner heard: what a copy is refused by without network. */

export async function passagesOf(store: Store, ticketId: string): Promise<readonly Passage[]> {
  return (await store.get('passages', ticketId)) ?? [];
}

/** Remembers what the event answered, or took back; nothing to remember is fine. */
export async function remember(store: Store, ticketId: string, passage: Passage): Promise<void> {
  const work = store.transaction('passages', 'readwrite', { durability: 'strict' });
  const before = (await work.store.get(ticketId)) ?? [];
  await work.store.put(withPassage(before, passage), ticketId);
  await work.done;
}

/**
 * Forgets own scans that the event tells of itself by now: all in one transaction, because a flush to the disk for each takes
 * a phone that was alone for an hour a minute.
 */
export async function forgetScans(
  store: Store,
  scans: readonly { readonly ticketId: string; readonly scanId: string }[],
): Promise<void> {
  const work = store.transaction('passages', 'readwrite', { durability: 'strict' });
  const known = await knownOf(
    work.store,
    scans.map(({ ticketId }) => ticketId),
  );
  const after = new Map(known);
  for (const { ticketId, scanId } of scans) after.set(ticketId, withoutScan(after.get(ticketId) ?? [], scanId));
  await Promise.all([...putChanged(work.store, known, after), work.done]);
}

/** As `takeIn`. A phone without room hears of nothing new, and its number stays where it was. */
export async function hear(store: Store, frame: Parameters<typeof takeIn>[1]): Promise<void> {
  try {
    await takeIn(store, frame);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/**
 * Takes in what gates did between two numbers of the event's log, whole or not at all, the number with it: what is half
 * remembered would count as heard and never come again. For the same reason the number stays where something before it was
 * missed; what was told counts all the same.
 */
async function takeIn(
  store: Store,
  { afterSequence, sequence, news }: { afterSequence: number; sequence: number; news: readonly GateNews[] },
): Promise<void> {
  const work = store.transaction(['passages', 'state'], 'readwrite', { durability: 'relaxed' });
  const passages = work.objectStore('passages');
  const told = news.flatMap((item) => (item[0] === 'in' || item[0] === 'out' || item[0] === 'back' ? [item] : []));
  const known = await knownOf(
    passages,
    told.map(([, ticketId]) => ticketId),
  );
  const after = new Map(known);
  for (const [what, ticketId, gateId, atMs] of told) {
    after.set(ticketId, withPassage(after.get(ticketId) ?? [], { what, gateId, atMs }));
  }
  const state = work.objectStore('state');
  const heard = ((await state.get('heardSeq')) as number | undefined) ?? 0;
  const counted = afterSequence <= heard && sequence > heard ? [state.put(sequence, 'heardSeq')] : [];
  await Promise.all([...putChanged(passages, known, after), ...counted, work.done]);
}

type Passages = {
  readonly get: (ticketId: string) => Promise<readonly Passage[] | undefined>;
  readonly put: (passages: readonly Passage[], ticketId: string) => Promise<unknown>;
};

type Known = ReadonlyMap<string, readonly Passage[]>;

/** Asked for all at once: one after another, each answer costs a turn of the browser's database. */
async function knownOf(passages: Passages, ticketIds: readonly string[]): Promise<Known> {
  const each = [...new Set(ticketIds)];
  return new Map(await Promise.all(each.map(async (id) => [id, (await passages.get(id)) ?? []] as const)));
}

/** Most news is of what this phone did itself, or comes a second time: that costs no write. */
function putChanged(passages: Passages, known: Known, after: Known): Promise<unknown>[] {
  return [...after]
    .filter(([ticketId, now]) => known.get(ticketId) !== now)
    .map(([ticketId, now]) => passages.put(now, ticketId));
}

export async function heardSeq(store: Store): Promise<number> {
  return (await read(store, 'heardSeq')) ?? 0;
}

export async function keepGatesOpen(store: Store, areOpen: boolean): Promise<void> {
  await keep(store, 'areGatesOpen', areOpen);
}
