import { describe, expect, it } from 'vitest';
import { misjudged, vectors } from '#test/support/judge-codes.ts';
import { specResult, specSays } from '#test/support/spec-verifier.ts';
import { ticketVectors } from '#test/support/ticket-vectors.ts';

const { eventNumber, keys } = vectors;

describe('the published vectors', () => {
  it('have a genuine code of each form and every way to be refused', () => {
    expect(new Set(vectors.cases.map(({ result }) => result))).toEqual(
      new Set([
        'genuine',
        'unreadable_code',
        'wrong_event',
        'retired_key',
        'forged_code',
        'wrong_holder',
        'replaced_code',
        'stale_code',
      ]),
    );
    expect(new Set(vectors.cases.map(({ name }) => name)).size).toBe(vectors.cases.length);
  });

  it.each(vectors.cases)('$name: $result, by a verifier written from the specification alone', (vector) => {
    expect(specResult(vector.code, { eventNumber, keys, ...vector })).toBe(vector.result);
  });

  it.each(vectors.cases.filter(({ result }) => result === 'genuine'))(
    '$name says what it was issued for',
    ({ code }) => {
      expect(specSays(code, { keys })).toEqual(vectors.says);
    },
  );

  it('are judged the same by our own module', async () => {
    expect(await misjudged(crypto.subtle)).toEqual([]);
  });

  it('are what the script writes, but for keys of phones and what they sign', async () => {
    const made = structuredClone(await ticketVectors()) as unknown as typeof vectors;
    const fixed = ({ cases, ...all }: typeof vectors) => ({
      ...all,
      holders: all.holders.length,
      cases: cases.map(({ name, result, nowMs }) => ({ name, result, nowMs })),
    });
    expect(fixed(made)).toEqual(fixed(vectors));
    const printed = ({ cases }: typeof vectors) =>
      cases.filter(({ name }) => name.startsWith('printed')).map(({ code }) => code);
    expect(printed(made)).toEqual(printed(vectors));
  });
});
