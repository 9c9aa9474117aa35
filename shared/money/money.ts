/** ISO 4217 codes the platform sells in. All four have two decimal digits: pence, kobo, pesewas, cents. */
export const currencies = ['GBP', 'NGN', 'GHS', 'KES'] as const;
export type Currency = (typeof currencies)[number];

/** Integer minor units. A float never holds money. */
export type Money = { readonly amountMinor: number; readonly currency: Currency };

export const minorPerMajor = 100;

const locales: Readonly<Record<Currency, string>> = { GBP: 'en-GB', NGN: 'en-NG', GHS: 'en-GH', KES: 'en-KE' };

export function money(amountMinor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`Not whole minor units: ${amountMinor}`);
  return { amountMinor, currency };
}

/** Throws when currencies differ: adding naira to pounds is a bug, not a refusal. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`Cannot add ${b.currency} to ${a.currency}`);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

export function timesMoney(unit: Money, quantity: number): Money {
  return money(unit.amountMinor * quantity, unit.currency);
}

/** Written as its own country writes it, without empty decimals: `£24`, `₦15,000`, `GH₵180.50`. */
export function formatMoney({ amountMinor, currency }: Money): string {
  const whole = amountMinor % minorPerMajor === 0;
  return new Intl.NumberFormat(locales[currency], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amountMinor / minorPerMajor);
}
