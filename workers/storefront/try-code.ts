import { codesPerOrder, foldCode } from '#shared/pricing/promo-code.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { browserHash } from '#workers/http/browser-id.ts';
import type { Choice, Chosen } from '#workers/operations/load-choice.ts';
import { loadChoice } from '#workers/operations/load-choice.ts';
import { codeProblem } from '#workers/operations/present-codes.ts';
import { countTry, digestOfCode } from '#workers/operations/promo-codes.ts';
import { quoteOrder } from '#workers/operations/quote-order.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';

export type TriedCode = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly words: string };

/**
 * A code that somebody typed, tried on what they chose. One that takes something off is no try; all others are counted,
 * whatever is wrong with them, since "over" and "not for these" tell that a code exists.
 */
export async function tryCode(c: AppContext, choice: Choice, chosen: Chosen, typed: string): Promise<TriedCode> {
  const { services, person } = c.var;
  const say = (failure: Parameters<typeof problemOf>[0]): TriedCode => ({
    ok: false,
    words: problemOf(failure).detail,
  });
  const code = foldCode(typed);
  if (code === undefined) return say({ code: 'promo_unknown' });
  if (chosen.codes.includes(code)) return say({ code: 'promo_applied' });
  if (chosen.codes.length >= codesPerOrder) return say({ code: 'promo_too_many', facts: { max: codesPerOrder } });
  const businessIds = [...new Set([...choice.sales, ...choice.shops].map(({ business }) => business.id))];
  const counted = await countTry(services, {
    personId: person?.personId,
    browserHash: await browserHash(c),
    businessIds,
  }).catch(() => undefined);
  if (counted === undefined) return say({ code: 'temporarily_unavailable' });
  if (!counted.ok) return say({ code: 'promo_tries_over', facts: counted.failure.facts ?? {} });
  const loaded = await loadChoice(services, { ...chosen, codes: [...chosen.codes, code] });
  if (!loaded.ok) return say(loaded.failure);
  const priced = quoteOrder(services, loaded.value);
  if (!priced.ok) return say(priced.failure);
  const digest = await digestOfCode(code);
  const refused = priced.value.refusedCodes.find(({ codeDigest }) => codeDigest === digest);
  if (refused !== undefined) return { ok: false, words: codeProblem(refused.failure, priced.value.quote.currency) };
  await counted.value.forgive();
  return { ok: true, code };
}
