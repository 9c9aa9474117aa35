import { letters } from './letters.ts';
import type { Sign } from './letters.ts';
import type { Contour } from './pen.ts';
import { block, capHeight, moved, polygon, upright } from './pen.ts';

/** Accents stand centred over their letter, or under it, half of `width` to each side. */
const above = capHeight + 44;

const acute = polygon([-52, above], [6, above + 140], [136, above + 140], [40, above]);
const grave = polygon([52, above], [-6, above + 140], [-136, above + 140], [-40, above]);
const accents: Readonly<Record<string, readonly Contour[]>> = {
  '\u0300': [grave],
  '\u0301': [acute],
  '\u0302': [
    polygon(
      [-140, above],
      [-56, above + 140],
      [56, above + 140],
      [140, above],
      [44, above],
      [0, above + 60],
      [-44, above],
    ),
  ],
  '\u030c': [
    polygon(
      [-140, above + 140],
      [-56, above],
      [56, above],
      [140, above + 140],
      [44, above + 140],
      [0, above + 80],
      [-44, above + 140],
    ),
  ],
  '\u0303': [
    polygon(
      [-150, above],
      [-150, above + 80],
      [-90, above + 130],
      [-30, above + 130],
      [60, above + 78],
      [76, above + 130],
      [150, above + 130],
      [150, above + 50],
      [90, above],
      [30, above],
      [-60, above + 52],
      [-76, above],
    ),
  ],
  '\u0304': [block(-130, above + 20, 130, above + 110)],
  '\u0308': [block(-142, above, -22, above + 120), block(22, above, 142, above + 120)],
  '\u0323': [block(-upright / 2, -60 - upright, upright / 2, -60)],
  '\u0327': [polygon([-40, 10], [60, 10], [20, -170], [-80, -170])],
};

const accentedLetters = 'ÀÁÂÃÄÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸĀĒĪŌŪŃǸḾẸỌṢẠỊỤŠŽČĚŘ';

/** Latin letters as West and East African, and Western European, names need them. */
export function accented(): Record<string, Sign> {
  const made: Record<string, Sign> = {};
  for (const character of accentedLetters) {
    const [base = '', ...marks] = character.normalize('NFD');
    const letter = letters[base];
    if (!letter) continue;
    const placed = marks.flatMap((mark) => moved(accents[mark] ?? [], letter.width / 2, 0));
    made[character] = { ...letter, contours: [...letter.contours, ...placed] };
  }
  return made;
}
