import { money } from '#shared/money/money.ts';
import type { Quote, QuotedLine } from '#shared/pricing/quote.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { CheckoutLine, SumsView } from '#workers/ui/views.ts';

type Charges = Pick<Quote, 'currency' | 'sections' | 'discounts' | 'feeMinor' | 'taxMinor' | 'taxName' | 'totalMinor'>;

/** What stands between the lines of a receipt and its total: savings by name, fee, tax. */
export function sumsView({
  currency,
  sections,
  discounts,
  feeMinor,
  taxMinor,
  taxName,
  totalMinor,
}: Charges): SumsView {
  const lines = sections.flatMap((section) => section.lines);
  const offMinor = lines.reduce((sum, { discountMinor }) => sum + discountMinor, 0);
  const codesMinor = discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const savings = discounts.map(({ name, amountMinor }) => ({ name, amount: money(amountMinor, currency) }));
  // What no code took off, bundles did: they are applied first.
  const bundles = { name: messages.storefront.receipt.bundleSaving, amount: money(offMinor - codesMinor, currency) };
  const listed = lines.reduce((sum, { unitMinor, quantity }) => sum + unitMinor * quantity, 0);
  return {
    listed: money(listed, currency),
    savings: offMinor > codesMinor ? [bundles, ...savings] : savings,
    fee: money(feeMinor, currency),
    tax:
      taxMinor === 0
        ? undefined
        : { name: taxName ?? messages.storefront.receipt.tax, amount: money(taxMinor, currency) },
    total: money(totalMinor, currency),
  };
}

/** A line at list price: what is taken off is told below all lines. */
export function lineView(
  { name, accessLevel, quantity, unitMinor, bundleId }: QuotedLine,
  currency: Quote['currency'],
  more: Pick<CheckoutLine, 'tier'>,
): CheckoutLine {
  return {
    name,
    accessLevel,
    quantity,
    unit: money(unitMinor, currency),
    total: money(unitMinor * quantity, currency),
    isBundled: bundleId !== undefined,
    ...more,
  };
}
