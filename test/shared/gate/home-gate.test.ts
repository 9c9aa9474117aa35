import { describe, expect, it } from 'vitest';
import { homeGateOf } from '#shared/gate/home-gate.ts';
import { ticketIdOf } from '#shared/ids.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

const rules = eventRules();
const ids = Array.from({ length: 2_000 }, (_, at) =>
  ticketIdOf(new Uint8Array(8).map((_byte, place) => (at * 31 + place * 97) & 0xff)),
);

describe('while gates cannot hear one another', () => {
  it('each ticket belongs to one gate that serves it, and the gates share them about evenly', () => {
    const homes = ids.map((id) => homeGateOf(rules, ticketType(), id)?.id);
    const north = homes.filter((id) => id === 'north').length;
    expect(new Set(homes)).toEqual(new Set(['north', 'south']));
    expect(north / ids.length).toBeGreaterThan(0.4);
    expect(north / ids.length).toBeLessThan(0.6);
  });

  it('does not depend on how the rules list their gates', () => {
    const reversed = { ...rules, gates: rules.gates.toReversed() };
    for (const id of ids.slice(0, 50)) {
      expect(homeGateOf(reversed, ticketType(), id)?.id).toBe(homeGateOf(rules, ticketType(), id)?.id);
    }
  });

  it('leaves a ticket alone that one gate serves', () => {
    expect(homeGateOf(rules, ticketType({ zones: ['gallery'] }), ids[0]!)).toBeUndefined();
  });
});
