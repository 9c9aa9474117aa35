import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { png, type Colour } from './png.ts';

/**
 * Draws the wallet's icons: run `node scripts/app-icons/draw.ts` after changing the mark. Phones want pixels for a home
 * screen; the mark is the one of `icon.svg`: a bitten ticket with its three bars.
 */
const folder = join(import.meta.dirname, '../../workers/ui/static/icons');

const red: Colour = [0xcf, 0x2e, 0x08, 0xff];
const white: Colour = [0xff, 0xff, 0xff, 0xff];
const ground: Colour = [0xf2, 0xf0, 0xf6, 0xff];
const nothing: Colour = [0, 0, 0, 0];

/** The mark lies in a square of 32. */
const side = 32;
const bars = [
  [8, 10],
  [13, 17],
  [20, 25],
] as const;
const bite = 4;

function markAt(x: number, y: number): Colour | undefined {
  if (x < 0 || x >= side || y < 4 || y >= 28) return undefined;
  if (Math.min(Math.hypot(x, y - 16), Math.hypot(x - side, y - 16)) < bite) return undefined;
  return y >= 9 && y < 23 && bars.some(([from, until]) => x >= from && x < until) ? white : red;
}

/** `scale`: how much of the picture's side the mark takes. Maskable icons are cut to a circle of four fifths. */
function icon(file: string, pixels: number, scale: number, behind: Colour): void {
  const unit = side / (pixels * scale);
  const start = (pixels * (1 - scale)) / 2;
  const picture = png(pixels, (x, y) => markAt((x - start) * unit, (y - start) * unit) ?? behind);
  writeFileSync(join(folder, file), picture);
}

mkdirSync(folder, { recursive: true });
icon('wallet-192.png', 192, 0.94, nothing);
icon('wallet-512.png', 512, 0.94, nothing);
icon('wallet-maskable-512.png', 512, 0.62, ground);
icon('wallet-180.png', 180, 0.74, ground);
