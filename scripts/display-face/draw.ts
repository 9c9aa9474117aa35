import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accented } from './accents.ts';
import { figures, marks } from './figures.ts';
import type { Glyph, Kerning } from './font-tables.ts';
import { tablesOf } from './font-tables.ts';
import type { Sign } from './letters.ts';
import { letters, sign } from './letters.ts';
import { ring } from './pen.ts';
import { woff2 } from './woff2.ts';

/**
 * Draws the display face: run `node scripts/display-face/draw.ts` after changing a letter. Browsers keep the file for ever, so
 * a change gets a new number here, in `../document.tsx` and in `../styles/parts/tokens.css`.
 */
const faceFile = 'expo-display-2.woff2';

const missing = sign(320, 30, ...ring([69, 57], [69, 643], [251, 643], [251, 57]));
const space = sign(190, 0);

const drawn: Readonly<Record<string, Sign>> = { ...letters, ...accented(), ...figures, ...marks };

/** Other characters that look the same here. */
const doubles: Readonly<Record<string, string>> = { '’': '‘ʼ', '”': '“', '-': '\u2010\u2011\u2212', Ḿ: '' };
/** Spaces, the narrow ones among them: `Intl` puts those around a dash and before a currency. */
const spaces = [0x20, 0xa0, 0x2009, 0x202f];

function charactersOf(name: string): number[] {
  const small = name.toLowerCase();
  const all = [name, ...(small.length === 1 ? [small] : []), ...(doubles[name] ?? '')];
  return [...new Set(all)].flatMap((character) => character.codePointAt(0) ?? []);
}

const names = Object.keys(drawn);
const glyphs: Glyph[] = [
  { sign: missing, characters: [] },
  { sign: space, characters: spaces },
  ...names.map((name) => ({ sign: drawn[name] ?? missing, characters: charactersOf(name) })),
];

/** Pairs whose open sides leave a hole, and by how much they close up. */
const close: readonly (readonly [pairs: string, shift: number])[] = [
  ['AT TA AV VA AY YA AW WA LT LV LY', -44],
  ['FA PA TJ VJ YJ P. F. T. V. Y. W. P, F, T, V, Y, W,', -56],
  ['TO OT LO OV VO OY YO AO OA CA RT RV RY KO XO OX RA TC AC AG VC', -16],
  ['L’ A’ 7. 74 71', -34],
];
const indexOf = (name: string) => names.indexOf(name) + 2;
const kerning: Kerning = close.flatMap(([pairs, shift]) =>
  pairs.split(' ').map((pair) => [indexOf(pair.slice(0, 1)), indexOf(pair.slice(1)), shift] as const),
);

writeFileSync(
  join(import.meta.dirname, '../../workers/ui/static/assets', faceFile),
  woff2(tablesOf(glyphs, kerning, 'Expo Display')),
);
