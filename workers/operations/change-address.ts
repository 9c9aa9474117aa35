import { personWithAddress, writeAddress, type Account } from '#d1/queries/account.ts';
import { claimAllOf } from '#d1/queries/claims.ts';
import type { Reachable } from '#d1/queries/people.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { ownerOf } from './account-owner.ts';
import { auditStatement } from './audit.ts';
import { carryBalances } from './carry-balances.ts';

/**
 * Puts a proved address in the place of the old one, and tells the old one: whoever took over an account must not be
 * able to do that in silence. What was bought under the old address stays in the wallet, as a claim;
 * money and points come along.
 */
export async function changeAddress(
  services: Services,
  account: Account,
  to: Reachable,
): Promise<Result<undefined, 'address_taken'>> {
  const { db, clock } = services;
  const { channel, address } = to;
  const before = channel === 'email' ? account.email : account.phone;
  if (before === address) return ok();
  if ((await personWithAddress(db, to)) !== undefined) return fail('address_taken');
  const { customerId } = await ownerOf(services, { personId: account.id, email: account.email });
  const written = writeAddress(db, account.id, channel === 'email' ? { email: address } : { phone: address });
  const former = channel === 'email' ? customerId : undefined;
  const carried = former === undefined ? [] : await carriedTo(services, account, former, address);
  const recorded = changed(services, account, { channel, ...(former !== undefined && { former }) });
  try {
    const kept = former === undefined ? [] : [claimAllOf(db, former, account.id, clock())];
    await db.batch([written, recorded, ...kept, ...carried]);
  } catch (error) {
    // Two accounts proved it in the same moment: the column refuses the later one.
    if ((await personWithAddress(db, to)) !== account.id) return fail('address_taken');
    throw error;
  }
  await tellOld(services, account, channel);
  return ok();
}

async function carriedTo(services: Services, { id: personId }: Account, from: string, email: string) {
  const { customerId: to } = await ownerOf(services, { personId, email });
  return to === undefined ? [] : carryBalances(services, { from, to, personId });
}

/** Only where an email address is left to sign in with; otherwise nothing happens. */
export async function removePhone(services: Services, account: Account): Promise<void> {
  if (account.email === null || account.phone === null) return;
  await services.db.batch([
    writeAddress(services.db, account.id, { phone: null }),
    changed(services, account, { channel: 'sms' }),
  ]);
  await tellOld(services, account, 'sms');
}

type Change = { readonly channel: Reachable['channel']; readonly former?: string };

/** `former`: pseudonym of the address that was left. By it alone are its orders' names found, should they be erased. */
function changed(services: Services, { id }: Account, facts: Change) {
  return auditStatement(services, { action: 'address.changed', actorId: id, subjectId: id, facts });
}

async function tellOld({ queueMessage, clock }: Services, account: Account, channel: Reachable['channel']) {
  // Of a changed number its owner hears by mail; the first address of all has none before it to tell.
  if (account.email === null && channel === 'email' && account.phone === null) return;
  const { id: personId, email } = account;
  await queueMessage({
    kind: 'account_notice',
    personId,
    what: 'address_changed',
    atMs: clock(),
    ...(email !== null && { email }),
  });
}
