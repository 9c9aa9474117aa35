import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, allocateEvenly, proportion } from '#shared/pricing/allocate.ts';

const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);
const weights = fc.array(fc.nat(10_000_000_000), { minLength: 1, maxLength: 40 }).filter((each) => sum(each) > 0);

describe('an amount that is divided', () => {
  it('gives the left-over units to the largest fractions, of equal ones to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6]);
    expect(allocate(5, [0, 3, 0])).toEqual([0, 5, 0]);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
    expect(() => allocate(1, [0, 0])).toThrow(RangeError);
  });

  it('loses and invents nothing, and stays within a unit of the exact share', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000_000), weights, (total, each) => {
        const parts = allocate(total, each);
        expect(sum(parts)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const exact = (total * (each[index] ?? 0)) / sum(each);
          expect(Math.abs(part - exact)).toBeLessThan(1.001);
        }
      }),
    );
  });

  it('gives nobody more than their weight while there is no more than all weights together', () => {
    const cases = weights.chain((each) => fc.tuple(fc.constant(each), fc.nat(sum(each))));
    fc.assert(
      fc.property(cases, ([each, total]) => {
        expect(allocate(total, each).every((part, index) => part >= 0 && part <= (each[index] ?? 0))).toBe(true);
      }),
    );
  });

  it('splits a line into what each of its things costs', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 50 }), (total, quantity) => {
        const units = allocateEvenly(total, quantity);
        expect(sum(units)).toBe(total);
        expect(Math.max(...units) - Math.min(...units)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('rounds a proportion half up, exactly, however large the amount', () => {
  expect(proportion(1, 1, 2)).toBe(1);
  expect(proportion(2_400, 300, 10_000)).toBe(72);
  expect(proportion(9_007_199_254_740_991, 9_999, 10_000)).toBe(
    Number((9_007_199_254_740_991n * 9_999n + 5_000n) / 10_000n),
  );
});
