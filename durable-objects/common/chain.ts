import type { Segment } from './segment-log.ts';
import { chainHash } from './segment-log.ts';

/** What checking a stretch of the trail found: how far it holds, and where it does not. */
export type ChainCheck = {
  readonly checkedSegments: number;
  /** Where to go on: the entry after the last one checked, and the hash its segment must follow. */
  readonly nextSeq: number;
  readonly hash: string;
  /** First entry of the first segment that does not follow from the one before it, or whose content was changed. */
  readonly brokenAtSeq: number | undefined;
};

/**
 * Checks segments against the one before them: each hash is taken again over what is there now, and numbers leave no gap. A
 * trail edited in the middle breaks here; one cut off at its end is told by the head that a reader kept.
 */
export function checkChain(segments: readonly Segment[], from: { nextSeq: number; hash: string }): ChainCheck {
  let { nextSeq, hash } = from;
  for (const [index, segment] of segments.entries()) {
    const isWhole =
      segment.firstSeq === nextSeq &&
      segment.previousHash === hash &&
      segment.hash === chainHash(hash, segment.entries) &&
      isNumbered(segment);
    if (!isWhole) return { checkedSegments: index, nextSeq, hash, brokenAtSeq: segment.firstSeq };
    nextSeq = segment.lastSeq + 1;
    ({ hash } = segment);
  }
  return { checkedSegments: segments.length, nextSeq, hash, brokenAtSeq: undefined };
}

/** What somebody wrote over a segment need not even be JSON. */
function isNumbered({ firstSeq, lastSeq, entries }: Segment): boolean {
  try {
    const numbered = JSON.parse(entries) as { seq: number }[];
    return numbered.length === lastSeq - firstSeq + 1 && numbered.every(({ seq }, at) => seq === firstSeq + at);
  } catch {
    return false;
  }
}
