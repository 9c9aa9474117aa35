import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskOf, orderIdOf, orderReference, placedAtMs, ticketBytesOf, ticketIdOf, timedUuid } from '#shared/ids.ts';

const unique = Uint8Array.from({ length: 16 }, (_, index) => index * 16);

describe('a UUID that begins with the time', () => {
  it('sorts by it, and is one of version 7 with the random end of the one it was made from', () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(time, time, fc.uuid({ version: 4 }), fc.uuid({ version: 4 }), (one, other, random, another) => {
        const [first, second] = [timedUuid(one, random), timedUuid(other, another)];
        expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(first.slice(15)).toBe(random.slice(15));
        if (one !== other) expect(first < second).toBe(one < other);
      }),
    );
  });
});

describe('an order’s id', () => {
  it.each(['eu00', 'eu15', 'weur07', 'afr03'])('names its desk %s, so that no directory is needed', (desk) => {
    expect(deskOf(orderIdOf(desk, unique))).toBe(desk);
  });

  it.each([
    '',
    'ord_',
    'ord_eu0_000G40R40M30E209185GR38E1W',
    'ord_EU00_000G40R40M30E209185GR38E1W',
    'ord_eu00_000G40R40M30E209185GR38E1',
    'ord_eu00_000g40r40m30e209185gr38e1w',
    'tkt_000G40R40M30E',
    `${orderIdOf('eu00', unique)}x`,
    `x${orderIdOf('eu00', unique)}`,
  ])('is not %j', (text) => expect(deskOf(text)).toBeUndefined());

  it('tells when it was placed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        (at, rest) => {
          const time = Uint8Array.from({ length: 6 }, (_, index) => Math.floor(at / 256 ** (5 - index)) % 256);
          expect(placedAtMs(orderIdOf('eu00', Uint8Array.of(...time, ...rest)))).toBe(at);
        },
      ),
    );
    expect(placedAtMs('tkt_000G40R40M30E')).toBeUndefined();
  });

  it('is read out by its random end', () => {
    const id = orderIdOf('eu00', unique);
    expect(orderReference(id)).toBe(`${id.slice(-8, -4)}-${id.slice(-4)}`);
  });
});

describe('a ticket’s id', () => {
  it('is its eight bytes, whatever they are', () => {
    const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(eight, (bytes) => {
        expect(ticketBytesOf(ticketIdOf(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['', 'tkt_', 'tkt_000000000000', 'tkt_00000000000000', 'tkt_000000000000Z', 'ord_0000000000000'])(
    'is not %j',
    (text) => expect(ticketBytesOf(text)).toBeUndefined(),
  );
});
