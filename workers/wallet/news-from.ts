import type { AppContext } from '#workers/http/app-context.ts';
import { feedStart } from '#workers/operations/wallet-feed.ts';

/** Where a page begins to listen; undefined while the database does not answer, and then it is as a page without scripts. */
export async function newsFrom(c: AppContext): Promise<string | undefined> {
  if (c.var.isDatabaseSilent) return undefined;
  try {
    return await feedStart(c.var.services);
  } catch (error) {
    console.error('the change feed did not answer', error);
    return undefined;
  }
}
