import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptTransfer,
  endTransfer,
  transferEndsAt,
  transferLongestMs,
  mayBeGiven,
  type TicketTransfer,
} from '#shared/tickets/transfer.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { eventRules, noon, ticketFacts, ticketType } from '#test/support/rules.ts';

const transfer = (overrides: Partial<TicketTransfer> = {}): TicketTransfer => ({
  transferId: 'trf_1',
  ticketId: 'tkt_0000000000000',
  fromCustomerId: 'cus_ada',
  forCustomerId: undefined,
  state: 'offered',
  endsAtMs: noon + hourMs,
  toCustomerId: undefined,
  generation: undefined,
  ...overrides,
});

describe('an offer', () => {
  it('ends when the event begins, or ends if it has begun; after two weeks at most, and never in a blink', () => {
    const times = fc.tuple(fc.nat(60 * dayMs), fc.nat(20 * dayMs), fc.nat(80 * dayMs));
    fc.assert(
      fc.property(times, ([startsIn, lasts, at]) => {
        const startsAt = noon + startsIn;
        const endsAt = startsAt + lasts;
        const now = noon + at;
        const until = transferEndsAt({ startsAt, endsAt }, now);
        expect(until).toBeLessThanOrEqual(endsAt);
        expect(until - now).toBeLessThanOrEqual(transferLongestMs);
        const atLeast = Math.min(endsAt, now + 2 * hourMs, now + transferLongestMs);
        if (now < endsAt) expect(until).toBeGreaterThanOrEqual(atLeast);
        if (now < startsAt - 2 * hourMs) expect(until).toBeLessThanOrEqual(startsAt);
      }),
    );
  });

  it('is accepted by one of any who try in any order, who is answered the same again (I5)', () => {
    const tries = fc.array(fc.constantFrom('cus_ada', 'cus_bo', 'cus_cy'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(tries, fc.option(fc.constant('cus_bo'), { nil: undefined }), (people, forCustomerId) => {
        let taken: string | undefined;
        const winners = new Set<string>();
        for (const toCustomerId of people) {
          const ticket = { customerId: taken ?? 'cus_ada', generation: taken === undefined ? 1 : 2 };
          const accepted = { state: 'accepted', toCustomerId: taken, generation: 2 } as const;
          const offer = transfer(taken === undefined ? { forCustomerId } : { forCustomerId, ...accepted });
          const decided = acceptTransfer(offer, ticket, { toCustomerId, byCustomerId: 'cus_ada' }, noon);
          if (!decided.ok) continue;
          winners.add(toCustomerId);
          expect(decided.value.generation).toBe(2);
          expect(decided.value.kind).toBe(taken === undefined ? 'accept' : 'known');
          taken = toCustomerId;
        }
        expect(winners.size).toBeLessThanOrEqual(1);
        expect(winners).not.toContain('cus_ada');
        if (forCustomerId !== undefined) expect(winners).not.toContain('cus_cy');
      }),
    );
  });

  it('that ran out is neither accepted nor declined nor taken back', () => {
    const late = transfer({ endsAtMs: noon });
    const asked = { toCustomerId: 'cus_bo', byCustomerId: 'cus_ada' };
    const over = { ok: false, failure: { code: 'transfer_over', facts: { state: 'expired' } } };
    expect(acceptTransfer(late, { customerId: 'cus_ada', generation: 1 }, asked, noon)).toEqual(over);
    expect(endTransfer(late, 'declined', noon)).toEqual(over);
    expect(endTransfer(late, 'withdrawn', noon)).toEqual(over);
  });

  it('of a ticket whose generations are used up is refused', () => {
    const asked = { toCustomerId: 'cus_bo', byCustomerId: 'cus_ada' };
    const worn = { customerId: 'cus_ada', generation: 0xffff };
    expect(acceptTransfer(transfer(), worn, asked, noon)).toMatchObject({ failure: { code: 'ticket_changed' } });
  });
});

describe('a ticket', () => {
  const rules = eventRules({ ticketTypes: [ticketType(), ticketType({ id: 'own', transferable: false })] });

  it.each([
    ['unused', {}, undefined],
    ['of a type that is one’s own', { typeId: 'own' }, 'ticket_not_transferable'],
    ['of a type that is gone', { typeId: 'gone' }, 'ticket_not_transferable'],
    ['let in once', { entries: 1 }, 'ticket_used'],
    ['on which something was handed out', { redeemed: { bag: 1 } }, 'ticket_used'],
    ['whose hand-out was taken back', { redeemed: { bag: 0 } }, undefined],
    ['refunded', { status: 'refunded' as const }, 'ticket_move_illegal'],
    ['suspended', { status: 'suspended' as const }, 'ticket_move_illegal'],
  ])('%s', (_what, facts, code) => {
    const answer = mayBeGiven(rules, ticketFacts(facts), noon);
    expect(answer.ok ? undefined : answer.failure.code).toBe(code);
  });

  it('is nobody’s to give once its event is over, or cancelled', () => {
    const over = mayBeGiven(rules, ticketFacts(), rules.endsAt);
    const cancelled = mayBeGiven({ ...rules, status: 'cancelled' }, ticketFacts(), noon);
    for (const answer of [over, cancelled]) expect(answer).toMatchObject({ failure: { code: 'ticket_move_illegal' } });
  });
});
