import { newsIn } from '#shared/gate/news.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import type { InventoryContext } from './context.ts';

/** A stretch of the log as gates hear it. `seq` is where it ends; `isAll` when nothing came after it. */
export type GateNewsPage = { readonly seq: number; readonly news: readonly GateNews[]; readonly isAll: boolean };

/** Log pages read for one answer, so that a scanner that begins at a sold-out event asks tens of times and not thousands. */
const pagesAtOnce = 16;
/** Enough for one frame to a scanner's socket. */
const pagesAFrame = 1;

/** What gates did and heard after a number of the log. Reads only: unlike a projection's reader it acknowledges nothing. */
export function gateNewsAfter(
  { log }: Pick<InventoryContext, 'log'>,
  afterSeq: number,
  pages = pagesAtOnce,
): GateNewsPage {
  const headSeq = log.headSeq();
  const news: GateNews[] = [];
  let seq = afterSeq;
  for (let page = 0; page < pages && seq < headSeq; page += 1) {
    const { entries } = log.readAfter(seq);
    const last = entries.at(-1);
    if (last === undefined) break;
    news.push(...newsIn(entries));
    ({ seq } = last);
  }
  return { seq: Math.max(seq, afterSeq), news, isAll: seq >= headSeq };
}

/** What a scanner that was away did not hear, if that is a page of the log at most. */
export function missedSince(
  { log }: Pick<InventoryContext, 'log'>,
  seq: number,
): { seq: number; news: readonly GateNews[] | undefined } {
  const headSeq = log.headSeq();
  if (!Number.isFinite(seq)) return { seq: headSeq, news: undefined };
  const { news, isAll } = gateNewsAfter({ log }, seq, pagesAFrame);
  return { seq: headSeq, news: isAll ? news : undefined };
}
