import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activate, type Bearing } from '#shared/tickets/activation.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import { minuteMs } from '#shared/time.ts';
import { noon } from '#test/support/rules.ts';

const phones = ['A', 'B', 'C'] as const;
const untouched: Bearing = { generation: 1, holderKey: undefined, before: undefined };
const request = (overrides: object = {}) => ({
  ticketId: 'tkt_0000000000000',
  holderKey: 'A',
  activationId: 'act_1',
  step: stepAt(noon),
  generation: 1,
  takesOver: false,
  ...overrides,
});
const codeOf = (answer: ReturnType<typeof activate>) => (answer.ok ? answer.value.change : answer.failure.code);

describe('who bears a ticket', () => {
  it.each<[string, Bearing, object, string]>([
    ['the first phone', untouched, {}, 'activate'],
    ['the same phone again', { ...untouched, holderKey: 'A' }, { generation: 0 }, 'none'],
    ['another phone that did not say so', { ...untouched, holderKey: 'B' }, {}, 'ticket_on_another_device'],
    ['another phone that did', { ...untouched, holderKey: 'B' }, { takesOver: true }, 'take_over'],
    [
      'another phone that saw an older generation',
      { ...untouched, generation: 2, holderKey: 'B' },
      { takesOver: true },
      'ticket_changed',
    ],
    ['the first phone, of a ticket made out anew', { ...untouched, generation: 2 }, {}, 'ticket_changed'],
    [
      'another phone when generations have run out',
      { ...untouched, generation: 0xff_ff, holderKey: 'B' },
      { takesOver: true, generation: 0xff_ff },
      'ticket_changed',
    ],
    ['a phone whose clock is six minutes fast', untouched, { step: stepAt(noon + 6 * minuteMs) }, 'activation_stale'],
    ['a phone whose clock says nothing', untouched, { step: Number.NaN }, 'activation_stale'],
  ])('%s', (_who, ticket, overrides, expected) => {
    expect(codeOf(activate(ticket, request(overrides), noon))).toBe(expected);
  });

  it('is asked under an id once: another ticket or phone under it is refused', () => {
    const before = { ticketId: 'tkt_0000000000000', holderKey: 'A', generation: 1 };
    const ticket = { generation: 1, holderKey: 'A', before };
    expect(codeOf(activate(ticket, request(), noon + 60 * minuteMs))).toBe('none');
    expect(codeOf(activate(ticket, request({ holderKey: 'B' }), noon))).toBe('idempotency_key_reused');
    expect(codeOf(activate(ticket, request({ ticketId: 'tkt_1' }), noon))).toBe('idempotency_key_reused');
  });

  it('whatever is asked in whatever order: one phone, never a generation twice, and no replay brings one back', () => {
    const asked = fc.record({
      phone: fc.constantFrom(...phones),
      takesOver: fc.boolean(),
      replays: fc.boolean(),
      saw: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (story) => {
        let ticket: Pick<Bearing, 'generation' | 'holderKey'> = untouched;
        const done = new Map<string, NonNullable<Bearing['before']>>();
        const borne = new Map<number, string>();
        for (const [index, { phone, takesOver, replays, saw }] of story.entries()) {
          const [recorded] = replays ? [...done.keys()] : [];
          const before = recorded === undefined ? undefined : done.get(recorded);
          const activationId = recorded ?? `act_${index}`;
          const holderKey = before?.holderKey ?? phone;
          const wanted = request({ holderKey, takesOver, activationId, generation: ticket.generation - saw });
          const answer = activate({ ...ticket, before }, wanted, noon);
          if (!answer.ok) continue;
          expect(before === undefined || answer.value.change === 'none').toBe(true);
          ticket = { generation: answer.value.generation, holderKey };
          done.set(activationId, { ticketId: wanted.ticketId, holderKey, generation: ticket.generation });
          expect(borne.get(ticket.generation) ?? holderKey).toBe(holderKey);
          borne.set(ticket.generation, holderKey);
        }
      }),
    );
  });
});
