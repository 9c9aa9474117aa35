import type { Contour } from './pen.ts';
import { block, capHeight, hole, level, polygon, ring, stroke, upright } from './pen.ts';

/** A drawn sign: how wide its ink is, the space at its sides, its outlines. */
export type Sign = { readonly width: number; readonly bearing: number; readonly contours: readonly Contour[] };

export const wide = 392;
export const round = 172;
/** Middle lines of the outermost strokes of a letter as wide as O. */
export const left = upright / 2;
export const right = wide - upright / 2;
export const bottom = level / 2;
export const top = capHeight - level / 2;
export const middle = 352;

export const straightBearing = 30;
export const roundBearing = 24;
const slantBearing = 6;

export const sign = (width: number, bearing: number, ...contours: readonly Contour[]): Sign => ({
  width,
  bearing,
  contours,
});

const stem = (x = 0) => block(x, 0, x + upright, capHeight);
const bar = (from: number, to: number, y: number) => block(from, y, to, y + level);

/** Capitals only: the face is for titles, and small letters borrow these. */
export const letters: Readonly<Record<string, Sign>> = {
  A: sign(
    440,
    slantBearing,
    polygon([0, 0], [134, capHeight], [306, capHeight], [440, 0]),
    hole(polygon([181, 244], [220, 470], [259, 244])),
    hole(polygon([136, 0], [160, 138], [280, 138], [304, 0])),
  ),
  B: sign(
    wide,
    straightBearing,
    ...ring([left, middle], [left, top], [right - 10, top, 150], [right - 10, middle, 120]),
    ...ring([left, bottom], [left, middle], [right, middle, 120], [right, bottom, 150]),
  ),
  C: sign(
    wide,
    roundBearing,
    stroke(
      [right, 452],
      [right, top, round],
      [left, top, round],
      [left, bottom, round],
      [right, bottom, round],
      [right, 248],
    ),
  ),
  D: sign(wide, straightBearing, ...ring([left, bottom], [left, top], [right, top, round], [right, bottom, round])),
  E: sign(334, straightBearing, stem(), bar(0, 334, 0), bar(0, 304, 298), bar(0, 334, capHeight - level)),
  F: sign(322, straightBearing, stem(), bar(0, 298, 286), bar(0, 322, capHeight - level)),
  G: sign(
    wide,
    roundBearing,
    stroke(
      [right, 478],
      [right, top, round],
      [left, top, round],
      [left, bottom, round],
      [right, bottom, round],
      [right, 386],
    ),
    block(204, 280, right, 386),
  ),
  H: sign(400, straightBearing, stem(), stem(400 - upright), bar(0, 400, 296)),
  I: sign(upright, straightBearing, stem()),
  J: sign(
    330,
    roundBearing,
    stroke([261, capHeight], [261, bottom, round - 10], [left, bottom, round - 10], [left, 216]),
  ),
  K: sign(
    424,
    straightBearing,
    stem(),
    polygon([130, 128], [130, 372], [262, capHeight], [416, capHeight], [228, 232]),
    polygon([272, 0], [424, 0], [302, 420], [220, 240]),
  ),
  L: sign(318, straightBearing, stem(), bar(0, 318, 0)),
  M: sign(
    520,
    straightBearing,
    block(0, 0, 128, capHeight),
    block(392, 0, 520, capHeight),
    polygon([0, capHeight], [148, capHeight], [260, 330], [372, capHeight], [520, capHeight], [322, 90], [198, 90]),
  ),
  N: sign(
    408,
    straightBearing,
    block(0, 0, 128, capHeight),
    block(280, 0, 408, capHeight),
    polygon([0, capHeight], [140, capHeight], [408, 0], [268, 0]),
  ),
  O: sign(
    wide,
    roundBearing,
    ...ring([left, bottom, round], [left, top, round], [right, top, round], [right, bottom, round]),
  ),
  P: sign(
    wide - 8,
    straightBearing,
    stem(),
    ...ring([left, 306], [left, top], [right - 8, top, 160], [right - 8, 306, 160]),
  ),
  Q: sign(
    wide,
    roundBearing,
    ...ring([left, bottom, round], [left, top, round], [right, top, round], [right, bottom, round]),
    polygon([214, 190], [330, 190], [414, -50], [286, -50]),
  ),
  R: sign(
    404,
    straightBearing,
    stem(),
    ...ring([left, 322], [left, top], [right - 4, top, 160], [right - 4, 322, 150]),
    polygon([154, 320], [296, 320], [404, 0], [260, 0]),
  ),
  S: sign(
    wide - 8,
    roundBearing,
    stroke(
      [right - 8, 478],
      [right - 8, top, round],
      [left, top, round],
      [left, middle, round],
      [right - 8, middle, round],
      [right - 8, bottom, round],
      [left, bottom, round],
      [left, 222],
    ),
  ),
  T: sign(366, slantBearing + 6, block(114, 0, 252, capHeight), bar(0, 366, capHeight - level)),
  U: sign(
    wide,
    straightBearing - 2,
    stroke([left, capHeight], [left, bottom, round], [right, bottom, round], [right, capHeight]),
  ),
  V: sign(
    430,
    slantBearing,
    polygon([0, capHeight], [142, capHeight], [215, 210], [288, capHeight], [430, capHeight], [300, 0], [130, 0]),
  ),
  W: sign(
    622,
    slantBearing,
    polygon(
      ...([
        [0, capHeight],
        [136, capHeight],
        [186, 236],
        [246, capHeight],
        [376, capHeight],
        [436, 236],
      ] as const),
      ...([
        [486, capHeight],
        [622, capHeight],
        [520, 0],
        [366, 0],
        [311, 392],
        [256, 0],
        [102, 0],
      ] as const),
    ),
  ),
  X: sign(
    434,
    slantBearing,
    polygon([0, capHeight], [152, capHeight], [434, 0], [282, 0]),
    polygon([282, capHeight], [434, capHeight], [152, 0], [0, 0]),
  ),
  Y: sign(
    430,
    slantBearing,
    polygon([0, capHeight], [148, capHeight], [215, 440], [282, capHeight], [430, capHeight], [284, 260], [146, 260]),
    block(146, 0, 284, 270),
  ),
  Z: sign(
    362,
    straightBearing - 6,
    bar(0, 362, 0),
    bar(0, 362, capHeight - level),
    polygon([206, 590], [362, 590], [156, 110], [0, 110]),
  ),
  Ɔ: sign(
    wide,
    roundBearing,
    stroke(
      [left, 452],
      [left, top, round],
      [right, top, round],
      [right, bottom, round],
      [left, bottom, round],
      [left, 248],
    ),
  ),
  Ɛ: sign(
    wide - 10,
    roundBearing,
    stroke([right, 490], [right, top, round], [left, top, round], [left, middle, 120], [256, middle]),
    stroke([256, middle], [left, middle, 120], [left, bottom, round], [right, bottom, round], [right, 210]),
  ),
};
