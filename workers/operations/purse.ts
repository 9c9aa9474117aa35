import { balancesOf } from '#d1/queries/ledger.ts';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { money, type Currency, type Money } from '#shared/money/money.ts';
import type { Purse } from '#shared/pricing/ways-to-pay.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';

const emptyPurse: Purse = { points: 0, cashMinor: 0 };

/** What somebody has to spend in a currency; nothing for a guest, and nothing while the ledger does not answer. */
export async function purseOf(
  { db, settings }: Services,
  person: SignedIn | undefined,
  currency: Currency,
): Promise<Purse> {
  if (person === undefined || person.email === '') return emptyPurse;
  try {
    const { cash, points } = await balancesOf(db, await customerIdOf(settings.masterKey, person.email));
    const cashMinor = cash.find((each) => each.currency === currency)?.availableMinor ?? 0;
    return { points: points.available, cashMinor };
  } catch (error) {
    console.error('the ledger did not answer', error);
    return emptyPurse;
  }
}

/** Whether an order under this address is the person's own: a balance pays for no order under somebody else's. */
export async function spendsOwn({ settings }: Services, person: SignedIn | undefined, email: string): Promise<boolean> {
  if (person === undefined || person.email === '') return false;
  const [own, other] = await Promise.all([
    customerIdOf(settings.masterKey, person.email),
    customerIdOf(settings.masterKey, email),
  ]);
  return own === other;
}

/** Money somebody has, by currency. */
export async function cashOf({ db, settings }: Services, person: SignedIn | undefined): Promise<Money[]> {
  if (person === undefined || person.email === '') return [];
  try {
    const { cash } = await balancesOf(db, await customerIdOf(settings.masterKey, person.email));
    return cash.map(({ currency, availableMinor }) => money(availableMinor, currency));
  } catch (error) {
    console.error('the ledger did not answer', error);
    return [];
  }
}
