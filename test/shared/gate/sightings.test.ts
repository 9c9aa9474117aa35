import { describe, expect, it } from 'vitest';
import { goneAfterMs, noSightings, sight, type Sightings } from '#shared/gate/sightings.ts';
import { vectors } from '#test/support/judge-codes.ts';

const live = vectors.cases.filter(({ name }) => name.startsWith('live')).map(({ code }) => code);
const [ticket = '', again = ''] = live;
const other = vectors.cases.find(({ name }) => name.startsWith('printed'))?.code ?? '';

/** Looks at one picture after another; answers what was scanned. */
function watch(pictures: readonly (readonly [atMs: number, texts: readonly string[]])[]) {
  let seen: Sightings = noSightings;
  return pictures.map(([atMs, texts]) => {
    const { after, fresh, isCrowded } = sight(seen, texts, atMs);
    seen = after;
    return isCrowded ? 'crowded' : fresh;
  });
}

describe('a camera', () => {
  it('scans a code that stays in view once, however long, and again once it was gone for two seconds', () => {
    const frames = Array.from({ length: 200 }, (_, index) => [index * 50, [ticket]] as const);
    expect(watch(frames).filter((scanned) => scanned !== undefined)).toEqual([ticket]);
    const back = [...frames, [9_950 + goneAfterMs, [ticket]] as const];
    expect(watch(back).filter((scanned) => scanned !== undefined)).toEqual([ticket, ticket]);
  });

  it('takes the next step of the same live code for the same ticket', () => {
    expect(again).not.toBe(ticket);
    const scanned = watch([
      [0, [ticket]],
      [1_000, [ticket]],
      [2_000, [again]],
    ]);
    expect(scanned.slice(1)).toEqual([undefined, undefined]);
  });

  it('goes from one person to the next without a pause', () => {
    expect(
      watch([
        [0, [ticket]],
        [100, []],
        [200, [other]],
        [300, [ticket, other]],
      ]),
    ).toEqual([ticket, undefined, other, undefined]);
  });

  it('scans neither of two people’s codes, and the ticket in front of a poster', () => {
    expect(watch([[0, [ticket, other]]])).toEqual(['crowded']);
    expect(watch([[0, ['https://poster.example/', ticket]]])).toEqual([ticket]);
    expect(watch([[0, ['https://poster.example/']]])).toEqual(['https://poster.example/']);
  });
});
