import type { EpochMs } from '../time.ts';
import { ticketIdOf } from '../ids.ts';
import { readCode } from '../tickets/verify.ts';

/**
 * What a camera makes of the codes in its picture, twenty times a second. A code that stays in view is one scan however
 * long it stays, and one again only once it was gone for a while: the next person's turn begins without anybody pressing
 * anything, and a code held up a hundred times counts once.
 */
export type Sightings = ReadonlyMap<string, EpochMs>;

export const noSightings: Sightings = new Map();

/** Gone for so long, a code may be shown anew. */
export const goneAfterMs = 2_000;

export type Sighted = {
  readonly after: Sightings;
  /** The one code to scan now. */
  readonly fresh: string | undefined;
  /** Two people's codes are in the picture: nobody could say whose the answer is. */
  readonly isCrowded: boolean;
};

export function sight(before: Sightings, texts: readonly string[], now: EpochMs): Sighted {
  const inView = new Map(texts.map((text) => [keyOf(text), text]));
  const after = new Map([...before].filter(([, seenAtMs]) => now - seenAtMs < goneAfterMs));
  const fresh = [...inView].filter(([key]) => !after.has(key));
  for (const key of inView.keys()) if (after.has(key)) after.set(key, now);
  // A poster behind the queue is no reason to miss the ticket in front of it.
  const tickets = fresh.filter(([key]) => key.startsWith('ticket/'));
  const candidates = tickets.length > 0 ? tickets : fresh;
  const [chosen] = candidates;
  if (tickets.length > 1 || chosen === undefined) return { after, fresh: undefined, isCrowded: tickets.length > 1 };
  after.set(chosen[0], now);
  return { after, fresh: chosen[1], isCrowded: false };
}

/** A live code is another text every ten seconds, and the same ticket in the same hand. */
function keyOf(text: string): string {
  const code = readCode(text);
  if (code === undefined) return `text/${text}`;
  return `ticket/${code.form}/${ticketIdOf(code.header.ticket)}/${code.header.generation}`;
}
