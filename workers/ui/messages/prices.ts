import { formatMoney, type Currency, type Money } from '#shared/money/money.ts';
import { locale } from './en/locale.ts';
import { messages } from './en.ts';

/** Zero is a word, not a number. */
export function priceText(price: Money): string {
  return price.amountMinor === 0 ? messages.storefront.price.free : formatMoney(price);
}

/** A sum as books write it: both decimals, always, so that columns line up; points whole. */
export function sumText(amountMinor: number, unit: Currency | 'PTS'): string {
  return unit === 'PTS' ? pointsFormat.format(amountMinor) : sumFormat(unit).format(amountMinor / 100);
}

/** The same with its sign, as what moved is written. */
export function changeText(amountMinor: number, unit: Currency | 'PTS'): string {
  const text = sumText(Math.abs(amountMinor), unit);
  return amountMinor < 0 ? `−${text}` : `+${text}`;
}

const pointsFormat = new Intl.NumberFormat(locale);
const sumFormats = new Map<Currency, Intl.NumberFormat>();

function sumFormat(currency: Currency): Intl.NumberFormat {
  const known = sumFormats.get(currency);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  sumFormats.set(currency, made);
  return made;
}
