import { accountOf, type Account } from '#d1/queries/account.ts';
import type { AppContext } from '#workers/http/app-context.ts';

/** The account of whoever is signed in; undefined once erased, be it a moment ago in another tab. */
export async function viewersAccount(c: AppContext): Promise<Account | undefined> {
  const { person, services } = c.var;
  return person && accountOf(services.db, person.personId);
}
