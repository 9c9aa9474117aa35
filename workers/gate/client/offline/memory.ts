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

export async function forgetScan(store: Store, ticketId: string, scanId: string): Promise<void> {
  const work = store.transaction('passages', 'readwrite', { durability: 'strict' });
  const before = (await work.store.get(ticketId)) ?? [];
  await work.store.put(withoutScan(before, scanId), ticketId);
  await work.done;
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
  for (const item of news) {
    if (item[0] !== 'in' && item[0] !== 'out' && item[0] !== 'back') continue;
    const [what, ticketId, gateId, atMs] = item;
    await passages.put(withPassage((await passages.get(ticketId)) ?? [], { what, gateId, atMs }), ticketId);
  }
  const state = work.objectStore('state');
  const heard = ((await state.get('heardSeq')) as number | undefined) ?? 0;
  if (afterSequence <= heard && sequence > heard) await state.put(sequence, 'heardSeq');
  await work.done;
}

export async function heardSeq(store: Store): Promise<number> {
  return (await read(store, 'heardSeq')) ?? 0;
}

export async function keepGatesOpen(store: Store, areOpen: boolean): Promise<void> {
  await keep(store, 'areGatesOpen', areOpen);
}
