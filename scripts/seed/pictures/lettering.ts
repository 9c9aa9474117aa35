import { element, group, round } from './svg.ts';

/**
 * Our own alphabet, so that pictures need no font: skeletons on a grid ten units tall, drawn with one thick stroke. The
 * curved K, R, M and W give all posters one voice.
 */
const glyphs: Readonly<Record<string, readonly [width: number, skeleton: string]>> = {
  A: [7, 'M0 10V3.5A3.5 3.5 0 0 1 7 3.5V10M0 6.2H7'],
  B: [6.8, 'M3.8 4.8A2.4 2.4 0 0 0 3.8 0H0V10H4.2A2.6 2.6 0 0 0 4.2 4.8H0'],
  C: [6.4, 'M6.2 1.8A3.3 3.3 0 0 0 0 3.3V6.7A3.3 3.3 0 0 0 6.2 8.2'],
  D: [7, 'M0 0H3A4 4 0 0 1 7 4V6A4 4 0 0 1 3 10H0Z'],
  E: [4.6, 'M4.6 0H0V10H4.6M0 5H3.8'],
  F: [4.6, 'M4.6 0H0V10M0 5H3.8'],
  G: [6.8, 'M6.5 2A3.4 3.4 0 0 0 0 3.4V6.6A3.4 3.4 0 0 0 6.8 6.6V5.6H4.8'],
  H: [6.8, 'M0 0V10M6.8 0V10M0 5H6.8'],
  I: [0, 'M0 0V10'],
  J: [5.4, 'M5.4 0V7.3A2.7 2.7 0 0 1 .2 8.2'],
  K: [6.4, 'M0 0V10M6.4 0V1.4A3.6 3.6 0 0 1 2.8 5H0M2.8 5A3.6 3.6 0 0 1 6.4 8.6V10'],
  L: [4.2, 'M0 0V10H4.2'],
  M: [9.6, 'M0 10V2.4A2.4 2.4 0 0 1 4.8 2.4V10M4.8 2.4A2.4 2.4 0 0 1 9.6 2.4V10'],
  N: [6.8, 'M0 10V3.4A3.4 3.4 0 0 1 6.8 3.4V10'],
  O: [6.8, 'M0 3.4A3.4 3.4 0 0 1 6.8 3.4V6.6A3.4 3.4 0 0 1 0 6.6Z'],
  P: [6.6, 'M0 10V0H3.6A3 3 0 0 1 3.6 6H0'],
  R: [6.6, 'M0 10V0H3.8A2.7 2.7 0 0 1 3.8 5.4H0M3.4 5.4A3.2 3.2 0 0 1 6.6 8.6V10'],
  S: [6.4, 'M6.2 1.6A2.4 2.4 0 0 0 4 0H2.5A2.5 2.5 0 0 0 2.5 5H3.9A2.5 2.5 0 0 1 3.9 10H2.4A2.4 2.4 0 0 1 .2 8.4'],
  T: [6.4, 'M0 0H6.4M3.2 0V10'],
  U: [6.8, 'M0 0V6.6A3.4 3.4 0 0 0 6.8 6.6V0'],
  V: [7.2, 'M0 0V2L3.6 10L7.2 2V0'],
  W: [9.6, 'M0 0V7.6A2.4 2.4 0 0 0 4.8 7.6V0M4.8 7.6A2.4 2.4 0 0 0 9.6 7.6V0'],
  X: [6.8, 'M0 0L6.8 10M6.8 0L0 10'],
  Y: [6.8, 'M0 0V2.4A3.4 3.4 0 0 0 6.8 2.4V0M3.4 5.8V10'],
  Z: [6.2, 'M0 0H6.2L0 10H6.2'],
  '2': [6.2, 'M.2 2.2A3.1 3.1 0 0 1 6.2 3.1C6.2 6 0 6.6 0 10H5.8'],
  '4': [6.2, 'M0 0V3.4A2.8 2.8 0 0 0 2.8 6.2H6.2M4.8 3.4V10'],
  '7': [6.2, 'M0 0H6.2L2.4 10'],
  '&': [7.4, 'M7.2 10L1.6 3.2A2 2 0 1 1 4.9 2.6C4.6 4.4 0 4.6 0 7.4C0 11 6.4 11 7 5.6'],
  '-': [2.6, 'M0 5H2.6'],
  ' ': [2.4, ''],
};

export type Stroke = {
  readonly colour: string;
  /** In grid units; the first layer's weight sets the spacing. */
  readonly weight: number;
  readonly shift?: readonly [x: number, y: number];
  readonly more?: Readonly<Record<string, string>>;
};

type Setting = {
  readonly x: number;
  readonly y: number;
  /** The word is scaled to fill this width exactly. */
  readonly width: number;
  readonly tracking?: number;
  readonly cap?: 'butt' | 'round' | 'square';
  readonly join?: 'miter' | 'round';
};

/** Sets a word across a width in one or more strokes laid over one another; says how tall it came out. */
export function setWord(
  word: string,
  { x, y, width, tracking = 1, cap = 'square', join = 'miter' }: Setting,
  strokes: readonly [Stroke, ...Stroke[]],
): { drawn: string; height: number } {
  const weight = strokes[0].weight;
  const placed = place(word, weight, tracking);
  const scale = width / placed.width;
  const drawn = strokes.map((stroke) => {
    const [shiftX, shiftY] = stroke.shift ?? [0, 0];
    return group(
      {
        transform: `translate(${round(x + (weight / 2 + shiftX) * scale)} ${round(y + (weight / 2 + shiftY) * scale)}) scale(${Math.round(scale * 1000) / 1000})`,
        fill: 'none',
        stroke: stroke.colour,
        'stroke-width': String(stroke.weight),
        'stroke-linecap': cap,
        'stroke-linejoin': join,
        ...stroke.more,
      },
      ...placed.letters,
    );
  });
  return { drawn: drawn.join(''), height: (10 + weight) * scale };
}

function place(word: string, weight: number, tracking: number): { letters: string[]; width: number } {
  let at = 0;
  const letters: string[] = [];
  for (const letter of word) {
    const glyph = glyphs[letter];
    if (glyph === undefined) throw new RangeError(`No glyph for ${letter}`);
    const [advance, skeleton] = glyph;
    if (skeleton !== '') letters.push(element('path', { transform: `translate(${round(at)})`, d: skeleton }));
    at += advance + (skeleton === '' ? 0 : weight + tracking);
  }
  return { letters, width: at - tracking };
}
