import { describe, expect, it } from 'vitest';
import { barWidths, boardOf, shareOf } from '#shared/live/board.ts';
import { arrivalMinutes, type LiveSnapshot } from '#shared/live/snapshot.ts';
import { minuteMs } from '#shared/time.ts';

const minute = 29_700_000;

function snapshot(changes: Partial<LiveSnapshot> = {}): LiveSnapshot {
  const types = [
    { typeId: 'day', name: 'Day', capacity: 100, held: 5, sold: 60, admitted: 20 },
    { typeId: 'group', name: 'Group of four', capacity: 10, held: 0, sold: 10, admitted: 36 },
  ];
  return { atMs: minute * minuteMs, seq: 1, types, zones: [], gates: [], arrivals: [], links: [], ...changes };
}

describe('the board', () => {
  it('adds up the types', () => {
    expect(boardOf(snapshot()).totals).toEqual({ capacity: 110, sold: 70, held: 5, left: 35, admitted: 56 });
  });

  it('has nothing left, not less, where capacity was lowered below what is sold', () => {
    const types = [{ typeId: 'day', name: 'Day', capacity: 50, held: 5, sold: 60, admitted: 0 }];
    expect(boardOf(snapshot({ types })).totals.left).toBe(0);
  });

  it('lists every minute of the last hour, also those in which nobody came', () => {
    const arrivals = [
      { minute: minute - arrivalMinutes, admitted: 9 },
      { minute: minute - 2, admitted: 3 },
    ];
    const board = boardOf(snapshot({ arrivals }));
    expect(board.arrivals).toHaveLength(arrivalMinutes);
    expect(board.arrivals.at(-1)).toEqual({ minute, admitted: 0 });
    // The minute that just fell out of the hour is gone.
    expect(board.arrivals.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(3);
  });

  it.each([
    [0, 40],
    [30_000, 26],
    [59_999, 12],
  ])('estimates the last sixty seconds %i ms into a minute', (intoMs, expected) => {
    const arrivals = [
      { minute: minute - 1, admitted: 28 },
      { minute, admitted: 12 },
    ];
    expect(boardOf(snapshot({ arrivals, atMs: minute * minuteMs + intoMs })).arrivingPerMinute).toBe(expected);
  });

  it('draws one bar for each minute with arrivals, the running one apart', () => {
    const arrivals = [
      { minute: minute - 59, admitted: 8 },
      { minute, admitted: 4 },
    ];
    expect(boardOf(snapshot({ arrivals })).chart).toEqual({
      past: 'M0 100v-100h7v100z',
      running: 'M590 100v-50h7v50z',
      top: 8,
    });
  });

  it.each([
    [0, 4],
    [4, 4],
    [5, 6],
    [10, 10],
    [42, 60],
    [100, 100],
    [101, 200],
  ])('scales the chart for a peak of %i to %i', (peak, top) => {
    expect(boardOf(snapshot({ arrivals: [{ minute, admitted: peak }] })).chart.top).toBe(top);
  });
});

describe('a bar', () => {
  it('is as wide as its share, and never wider than the capacity', () => {
    const counts = { capacity: 100, sold: 60, held: 5, left: 35, admitted: 20 };
    expect(barWidths(counts)).toEqual({ admitted: 200, sold: 600, claimed: 650 });
    expect(barWidths({ ...counts, admitted: 240 }).admitted).toBe(1_000);
  });

  it('draws something for the first of many, and nothing for none', () => {
    const counts = { capacity: 5_000, sold: 1, held: 0, left: 4_999, admitted: 0 };
    expect(barWidths(counts).sold).toBeGreaterThan(0);
    expect(barWidths(counts).admitted).toBe(0);
    expect(shareOf(0, 0)).toBe(0);
  });
});
