import { describe, expect, it } from 'vitest';
import { isWeakPin } from '#shared/access/pin.ts';

describe('a PIN', () => {
  it.each([
    ['is no six digits', ['12345', '1234567', '12a456', '', '１２３４５６', '-12345']],
    ['repeats', ['000000', '111111', '121212', '112211', '484848', '123123', '470470']],
    ['runs', ['123456', '654321', '234567', '890123', '210987', '135791']],
    ['is a date', ['240589', '052489', '890524', '311299', '010203']],
    ['has a year in it', ['198447', '472019', '201477']],
  ])('that %s is refused', (_why, pins) => {
    expect(pins.filter((pin) => !isWeakPin(pin))).toEqual([]);
  });

  it('that nobody guesses first is taken', () => {
    expect(['807264', '936048', '470352', '663085', '597731'].filter(isWeakPin)).toEqual([]);
  });

  it('leaves most of a million to choose from', () => {
    let good = 0;
    for (let number = 0; number < 1_000_000; number += 7) {
      if (!isWeakPin(String(number).padStart(6, '0'))) good += 1;
    }
    expect(good / (1_000_000 / 7)).toBeGreaterThan(0.8);
  });
});
