import { fail } from '#shared/result.ts';
import type { CommitGroup, Work } from '../common/commit-group.ts';
import type { InventoryLookup } from './books.ts';

/** Items one batch may carry; a larger one is a client's bug, and would hold the thread too long. */
export const batchLimit = 1_000;

/** An answer for each request, in their order; whatever is beyond the limit is refused. */
export async function answerEach<Request, Answer>(
  requests: readonly Request[],
  answer: (requests: readonly Request[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  if (requests.length <= batchLimit) return answer(requests);
  const beyond = requests.slice(batchLimit).map(() => fail('batch_too_large', { max: batchLimit }) as Answer);
  return [...(await answer(requests.slice(0, batchLimit))), ...beyond];
}

/** Runs works in the group. A throwing item is a bug of ours; its neighbours in the batch still get their answers. */
export function runAll<Answer>(
  group: CommitGroup<InventoryLookup>,
  works: readonly Work<Answer, InventoryLookup>[],
): Promise<Answer[]> {
  return group.runMany(works, (error) => {
    console.error('inventory item failed', error);
    return fail('internal_error') as Answer;
  });
}
