import type { Currency } from '#shared/money/money.ts';
import { formatMoney, money } from '#shared/money/money.ts';
import type { QuotedCart } from '#shared/pricing/quote-cart.ts';
import type { Failure } from '#shared/result.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { CodeView } from '#workers/ui/views.ts';
import type { Choice } from './load-choice.ts';
import { digestOfCode } from './promo-codes.ts';

/** What became of each code: the name of what it takes off, or why it takes nothing off. */
export function codeViews(choice: Choice, priced: QuotedCart, codes: readonly string[]): Promise<CodeView[]> {
  return Promise.all(
    codes.map(async (code) => {
      const digest = await digestOfCode(code);
      const refused = priced.refusedCodes.find(({ codeDigest }) => codeDigest === digest);
      if (refused !== undefined) {
        return { code, name: undefined, problem: codeProblem(refused.failure, priced.quote.currency) };
      }
      const promos = choice.shops.flatMap(({ rules }) => rules.promos);
      const used = promos.find(
        ({ id, codeDigest }) => codeDigest === digest && priced.quote.discounts.some(({ promoId }) => promoId === id),
      );
      return { code, name: used?.name ?? code, problem: undefined };
    }),
  );
}

/** Amounts are written as the country of the order writes them; the catalogue of refusals knows no currency. */
export function codeProblem({ code, facts = {} }: Failure, currency: Currency): string {
  const { leastMinor } = facts;
  const least = typeof leastMinor === 'number' ? { least: formatMoney(money(leastMinor, currency)) } : {};
  return problemOf({ code, facts: { ...facts, ...least } }).detail;
}
