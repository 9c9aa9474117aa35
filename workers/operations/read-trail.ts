import { readCursor } from '#d1/queries/projection.ts';
import type { Segment } from '#objects/event-inventory/client.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { Services } from '#workers/services.ts';

/** What walking an event's trail found. */
export type TrailCheck = {
  readonly ok: boolean;
  readonly checkedSegments: number;
  /** The newest entry that was reached. */
  readonly headSeq: number;
  /** First entry that does not follow from the one before it, or is missing at the end. */
  readonly brokenAtSeq?: number;
  /** Set when the trail is longer than one request walks: ask again from here, with the hash it must follow. */
  readonly next?: { readonly seq: number; readonly hash: string };
};

/** A page is 64 segments; so many pages stay well within what one request may ask of an object. */
const pagesPerCheck = 500;

/**
 * Walks the trail from its beginning, or from where an earlier walk ended, and takes every hash again. What was cut off at the
 * end no chain can show: the read models remember how far they have read, and a trail shorter than that is broken too.
 */
export async function checkTrail(
  services: Services,
  eventId: string,
  from: { readonly seq: number; readonly hash: string } = { seq: 1, hash: '' },
): Promise<TrailCheck> {
  // Before the walk: entries written meanwhile make the trail longer than this, never shorter.
  const known = await readCursor(services.db, `inventory:${eventId}`).catch(() => 0);
  const inventory = services.inventory(eventId);
  let [nextSeq, hash, checkedSegments] = [from.seq, from.hash, 0];
  for (let page = 0; page < pagesPerCheck; page += 1) {
    const checked = await inventory.checkTrail({ nextSeq, hash });
    checkedSegments += checked.checkedSegments;
    ({ nextSeq, hash } = checked);
    const headSeq = nextSeq - 1;
    if (checked.brokenAtSeq !== undefined) {
      return { ok: false, checkedSegments, headSeq, brokenAtSeq: checked.brokenAtSeq };
    }
    if (checked.checkedSegments > 0) continue;
    return headSeq < known
      ? { ok: false, checkedSegments, headSeq, brokenAtSeq: nextSeq }
      : { ok: true, checkedSegments, headSeq };
  }
  return { ok: true, checkedSegments, headSeq: nextSeq - 1, next: { seq: nextSeq, hash } };
}

/** Pages one download carries; whoever wants what follows asks from the last entry on. */
const pagesPerDownload = 500;

/** The trail as it is stored, one segment a line (NDJSON), from the segment with entry `from` on. */
export function trailLines(services: Services, eventId: string, from: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let [nextSeq, pages] = [from, 0];
  return new ReadableStream({
    async pull(controller) {
      const segments = pages < pagesPerDownload ? await segmentsFrom(services, eventId, nextSeq) : [];
      pages += 1;
      const last = segments.at(-1);
      if (last === undefined) return controller.close();
      nextSeq = last.lastSeq + 1;
      return controller.enqueue(encoder.encode(segments.map(lineOf).join('')));
    },
  });
}

/** The entries are given as they were written: the hash is taken over exactly this text. */
function lineOf({ firstSeq, lastSeq, previousHash, hash, entries }: Segment): string {
  return `${JSON.stringify({ firstSeq, lastSeq, previousHash, hash, entries })}\n`;
}

async function segmentsFrom(services: Services, eventId: string, seq: number): Promise<readonly Segment[]> {
  const segments = await services.inventory(eventId).trail(seq);
  // The newest segment comes back even to whoever has read it.
  return segments.filter(({ lastSeq }) => lastSeq >= seq);
}

export type TrailEntry = LogEntry<InventoryEntry>;

/** Entries up to `untilSeq`, newest first, and the number of the oldest of them. */
export async function newestEntries(
  services: Services,
  eventId: string,
  { untilSeq, count }: { readonly untilSeq: number; readonly count: number },
): Promise<TrailEntry[]> {
  const entries: TrailEntry[] = [];
  let nextSeq = Math.max(1, untilSeq - count + 1);
  while (nextSeq <= untilSeq) {
    const segments = await segmentsFrom(services, eventId, nextSeq);
    const last = segments.at(-1);
    if (last === undefined) break;
    for (const segment of segments) entries.push(...(JSON.parse(segment.entries) as TrailEntry[]));
    nextSeq = last.lastSeq + 1;
  }
  return entries.filter(({ seq }) => seq > untilSeq - count && seq <= untilSeq).toReversed();
}
