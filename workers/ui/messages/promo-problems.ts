import type { FailureCode } from '#shared/failures.ts';
import type { Entry } from './problems.ts';

/** Refusals about codes that make an order cheaper. */
export const promoProblems = {
  promo_unknown: [422, 'Not a code we know', 'This code is not known here. Check how it is written.'],
  promo_not_yet: [422, 'Not yet', 'This code is not good yet. Try it again when its time has come.'],
  promo_over: [422, 'Too late', 'This code has run out: its time is over.'],
  promo_not_for_these: [422, 'Not for these', 'This code is for other tickets or things than these.'],
  promo_spend_more: [
    422,
    'Not quite enough',
    (facts) => `This code is good from ${facts['least'] ?? 'a higher amount'} on. Add something, then try it again.`,
  ],
  promo_adds_nothing: [422, 'Nothing left to take off', 'The other codes leave nothing that this one could take off.'],
  promo_applied: [422, 'Already in', 'This code is in your order already.'],
  promo_too_many: [422, 'Enough codes', (facts) => `One order takes ${facts['max']} codes. Remove one first.`],
  promo_tries_over: [
    429,
    'Too many codes in a row',
    (facts) => `Try again in ${facts['minutes']} minutes. Your order can go on without a code.`,
  ],
} satisfies Partial<Record<FailureCode, Entry>>;
