import {
  bottom,
  left,
  letters,
  middle,
  right,
  round,
  roundBearing,
  sign,
  straightBearing,
  top,
  wide,
} from './letters.ts';
import type { Sign } from './letters.ts';
import { block, capHeight, level, moved, polygon, ring, stroke, upright } from './pen.ts';

/** All figures are equally wide, so that times and prices stand in columns. */
const figure = (...contours: Sign['contours']): Sign => sign(wide, roundBearing, ...contours);

const centre = wide / 2;

export const figures: Readonly<Record<string, Sign>> = {
  0: figure(...ring([left, bottom, round], [left, top, round], [right, top, round], [right, bottom, round])),
  1: figure(
    block(140, 0, 140 + upright, capHeight),
    block(30, 0, 378, 106),
    polygon([24, 470], [140, 540], [140, capHeight], [24, 604]),
  ),
  2: figure(
    stroke([left, 470], [left, top, round], [right, top, round], [right, 440]),
    polygon([wide - upright, 452], [wide, 452], [160, 100], [0, 100]),
    block(0, 0, wide - 6, level),
  ),
  3: figure(
    stroke([left, 490], [left, top, round], [right, top, round], [right, middle, 120], [136, middle]),
    stroke([136, middle], [right, middle, 120], [right, bottom, round], [left, bottom, round], [left, 210]),
  ),
  4: figure(
    block(226, 0, 226 + 132, capHeight),
    block(0, 130, wide, 130 + level - 4),
    polygon([0, 130], [0, 246], [170, capHeight], [312, capHeight], [140, 236], [140, 130]),
  ),
  5: figure(
    stroke(
      [wide - 18, top],
      [left, top],
      [left, 392],
      [right, 392, round - 20],
      [right, bottom, round],
      [left, bottom, round],
      [left, 200],
    ),
  ),
  6: figure(
    stroke(
      ...([
        [right, 486],
        [right, top, round],
        [left, top, round],
        [left, bottom, round],
        [right, bottom, round],
      ] as const),
      ...([
        [right, 386, round - 20],
        [left, 386],
      ] as const),
    ),
  ),
  7: figure(block(4, capHeight - level, wide - 4, capHeight), polygon([240, 600], [388, 600], [234, 0], [88, 0])),
  8: figure(
    ...ring([left + 8, middle, 120], [left + 8, top, 150], [right - 8, top, 150], [right - 8, middle, 120]),
    ...ring([left, bottom, 160], [left, middle, 120], [right, middle, 120], [right, bottom, 160]),
  ),
  9: figure(
    stroke(
      ...([
        [left, 214],
        [left, bottom, round],
        [right, bottom, round],
        [right, top, round],
        [left, top, round],
      ] as const),
      ...([
        [left, 314, round - 20],
        [right, 314],
      ] as const),
    ),
  ),
};

const dot = (x: number, y: number) => block(x, y, x + upright, y + upright);
const tick = (x: number) => polygon([x, capHeight], [x + upright, capHeight], [x + 108, 470], [x + 30, 470]);
const comma = (x: number, y: number) =>
  polygon(
    [x, y + upright],
    [x + upright, y + upright],
    [x + upright, y + 20],
    [x + 70, y - 120],
    [x + 4, y - 120],
    [x + 40, y],
  );
const dash = (width: number) => sign(width, straightBearing, block(0, 292, width, 292 + 108));
const letter = (name: string) => letters[name]?.contours ?? [];

const sideBars = (from: number, to: number) => [block(from, 384, to, 460), block(from, 240, to, 316)];

export const marks: Readonly<Record<string, Sign>> = {
  '.': sign(upright, straightBearing, dot(0, 0)),
  ',': sign(upright, straightBearing, comma(0, 0)),
  ':': sign(upright, straightBearing + 6, dot(0, 60), dot(0, 420)),
  ';': sign(upright, straightBearing + 6, comma(0, 60), dot(0, 420)),
  '·': sign(upright, straightBearing, dot(0, 282)),
  '…': sign(upright * 3 + 60, straightBearing, dot(0, 0), dot(upright + 30, 0), dot(upright * 2 + 60, 0)),
  '!': sign(
    upright,
    straightBearing,
    dot(0, 0),
    polygon([0, capHeight], [upright, capHeight], [upright - 16, 200], [16, 200]),
  ),
  '?': sign(
    wide - 20,
    roundBearing,
    stroke(
      [left, 480],
      [left, top, round],
      [right - 20, top, round],
      [right - 20, 348, 130],
      [centre - 10, 348],
      [centre - 10, 200],
    ),
    dot(centre - 79, 0),
  ),
  "'": sign(upright, roundBearing, tick(0)),
  '"': sign(upright * 2 + 36, roundBearing, tick(0), tick(upright + 36)),
  '’': sign(upright, roundBearing, comma(0, capHeight - upright)),
  '”': sign(upright * 2 + 36, roundBearing, comma(0, capHeight - upright), comma(upright + 36, capHeight - upright)),
  '-': dash(200),
  '–': dash(300),
  '—': dash(520),
  '/': sign(340, 4, polygon([200, capHeight + 40], [340, capHeight + 40], [140, -40], [0, -40])),
  '+': sign(wide, roundBearing, block(0, 292, wide, 400), block(centre - 60, 150, centre + 60, 542)),
  '×': sign(
    340,
    roundBearing,
    polygon([0, 480], [86, 566], [340, 222], [254, 136]),
    polygon([254, 566], [340, 480], [86, 136], [0, 222]),
  ),
  '(': sign(
    236,
    roundBearing,
    stroke([236, capHeight + 20], [left, capHeight + 20, round], [left, -20, round], [236, -20]),
  ),
  ')': sign(
    236,
    roundBearing,
    stroke([0, capHeight + 20], [236 - left, capHeight + 20, round], [236 - left, -20, round], [0, -20]),
  ),
  '#': sign(
    460,
    roundBearing,
    block(80, 0, 190, capHeight),
    block(270, 0, 380, capHeight),
    block(0, 150, 460, 250),
    block(0, 450, 460, 550),
  ),
  // Two bowls, the stroke that runs from the upper one to the foot, and the arm that crosses it on its way up.
  '&': sign(
    522,
    roundBearing - 10,
    ...ring([112, 412, 96], [112, top, 130], [302, top, 130], [302, 412, 96]),
    stroke([210, 356], [left, 356, 120], [left, bottom, round], [290, bottom]),
    polygon([76, 470], [228, 470], [522, 0], [366, 0]),
    polygon([252, 0], [330, 0], [356, 26], [510, 340], [380, 340], [252, 90]),
  ),
  '→': sign(
    560,
    roundBearing,
    block(0, 292, 380, 408),
    polygon([300, 580], [340, 580], [560, 350], [340, 120], [300, 120]),
  ),
  '←': sign(
    560,
    roundBearing,
    block(180, 292, 560, 408),
    polygon([260, 580], [220, 580], [0, 350], [220, 120], [260, 120]),
  ),
  '£': figure(
    stroke([right, 478], [right, top, round], [left + 34, top, round], [left + 34, 57]),
    block(0, 0, wide, level),
    block(0, 300, 300, 404),
  ),
  $: figure(
    ...letter('S'),
    block(centre - 52, capHeight - 40, centre + 44, capHeight + 84),
    block(centre - 52, -84, centre + 44, 40),
  ),
  '€': sign(wide + 40, roundBearing, ...moved(letter('C'), 40, 0), block(0, 376, 300, 452), block(0, 248, 300, 324)),
  // Bars that crossed the letter would close it at small sizes: they stand at its sides, as on coins.
  '₦': sign(496, roundBearing, ...moved(letter('N'), 44, 0), ...sideBars(0, 60), ...sideBars(440, 496)),
  '₵': figure(
    ...letter('C'),
    block(centre - 48, -84, centre + 48, 40),
    block(centre - 48, capHeight - 40, centre + 48, capHeight + 84),
  ),
};
