import { Bytes } from './bytes.ts';
import type { Sign } from './letters.ts';
import type { Contour } from './pen.ts';
import { capHeight } from './pen.ts';

/** The tables of a TrueType font (ISO/IEC 14496-22, "Open Font Format"), as few as browsers accept. */

export type Glyph = { readonly sign: Sign; readonly characters: readonly number[] };
export type Kerning = readonly (readonly [left: number, right: number, shift: number])[];
export type Table = { readonly tag: string; readonly bytes: Uint8Array };

const unitsPerEm = 1_000;
const ascent = 800;
const descent = -200;
/** Seconds from 1904, as `head` counts. Fixed, so that the same drawings make the same file. */
const drawnAt = 3_850_000_000;

const advance = ({ width, bearing }: Sign) => width + bearing * 2;

type Box = { xMin: number; yMin: number; xMax: number; yMax: number };

function boxOf(contours: readonly Contour[]): Box {
  const points = contours.flat();
  if (points.length === 0) return { xMin: 0, yMin: 0, xMax: 0, yMax: 0 };
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { xMin: Math.min(...xs), yMin: Math.min(...ys), xMax: Math.max(...xs), yMax: Math.max(...ys) };
}

export function tablesOf(glyphs: readonly Glyph[], kerning: Kerning, family: string): Table[] {
  const outlines = glyphs.map(({ sign }) => outline(sign));
  const box = boxOf(glyphs.flatMap(({ sign }) => shifted(sign)));
  const table = (tag: string, bytes: Bytes): Table => ({ tag, bytes: bytes.done() });
  return [
    table('OS/2', os2(glyphs)),
    table('cmap', characterMap(glyphs)),
    table(
      'glyf',
      outlines.reduce((all, one) => all.append(one), new Bytes()),
    ),
    table('head', head(box)),
    table('hhea', horizontalHeader(glyphs, box)),
    table(
      'hmtx',
      glyphs.reduce((all, { sign }) => all.u16(advance(sign), sign.bearing), new Bytes()),
    ),
    table('kern', kern(kerning)),
    table('loca', locations(outlines)),
    table('maxp', maximums(glyphs)),
    table('name', names(family)),
    table('post', new Bytes().u32(0x00030000, 0).u16(-100, 50).u32(0, 0, 0, 0, 0)),
  ];
}

const shifted = ({ contours, bearing }: Sign): Contour[] =>
  contours.map((contour) => contour.map((point) => ({ ...point, x: point.x + bearing })));

function outline(drawn: Sign): Uint8Array {
  const contours = shifted(drawn);
  if (contours.length === 0) return new Uint8Array();
  const { xMin, yMin, xMax, yMax } = boxOf(contours);
  const bytes = new Bytes().u16(contours.length, xMin, yMin, xMax, yMax);
  let last = -1;
  for (const contour of contours) bytes.u16((last += contour.length));
  bytes.u16(0);
  const points = contours.flat();
  // Bit 0: on the curve. Bit 6, on the first point only: outlines may overlap. Coordinates are full words: the
  // compressor does the rest.
  for (const [index, { on }] of points.entries()) bytes.u8((on ? 1 : 0) | (index === 0 ? 0x40 : 0));
  for (const axis of ['x', 'y'] as const) {
    let before = 0;
    for (const point of points) {
      bytes.u16(point[axis] - before);
      before = point[axis];
    }
  }
  return bytes.padTo4().done();
}

function locations(outlines: readonly Uint8Array[]): Bytes {
  const bytes = new Bytes().u32(0);
  let end = 0;
  for (const { length } of outlines) bytes.u32((end += length));
  return bytes;
}

function head({ xMin, yMin, xMax, yMax }: Box): Bytes {
  return new Bytes()
    .u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5)
    .u16(0b1011, unitsPerEm)
    .u32(0, drawnAt, 0, drawnAt)
    .u16(xMin, yMin, xMax, yMax, 1, 8, 2, 1, 0);
}

function horizontalHeader(glyphs: readonly Glyph[], { xMin, xMax }: Box): Bytes {
  const widest = Math.max(...glyphs.map(({ sign }) => advance(sign)));
  return new Bytes()
    .u32(0x00010000)
    .u16(ascent, descent, 0, widest, xMin, 0, xMax, 1, 0, 0, 0, 0, 0, 0, 0, glyphs.length);
}

function maximums(glyphs: readonly Glyph[]): Bytes {
  const points = Math.max(...glyphs.map(({ sign }) => sign.contours.flat().length));
  const contours = Math.max(...glyphs.map(({ sign }) => sign.contours.length));
  return new Bytes().u32(0x00010000).u16(glyphs.length, points, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
}

function os2(glyphs: readonly Glyph[]): Bytes {
  const codes = glyphs.flatMap(({ characters }) => characters);
  const average = Math.round(glyphs.reduce((sum, { sign }) => sum + advance(sign), 0) / glyphs.length);
  const [bold, condensed, useTypoMetrics] = [700, 3, 1 << 7];
  return new Bytes()
    .u16(4, average, bold, condensed, 0)
    .u16(650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
    .u8(...new Uint8Array(10))
    .u32(0b111, 0, 0, 0)
    .ascii('GBS ')
    .u16(useTypoMetrics | (1 << 5), Math.min(...codes), Math.max(...codes), ascent, descent, 0, 1_000, 260)
    .u32(1, 0)
    .u16(capHeight, capHeight, 0, 32, 2);
}

/** Format 4: characters of the first 65,536, in runs. */
function characterMap(glyphs: readonly Glyph[]): Bytes {
  const pairs = glyphs
    .flatMap(({ characters }, index) => characters.map((code) => [code, index] as const))
    .toSorted(([a], [b]) => a - b);
  const runs: { from: number; until: number; shift: number }[] = [];
  for (const [code, index] of pairs) {
    const run = runs.at(-1);
    if (run?.until === code - 1 && run.shift === index - code) run.until = code;
    else runs.push({ from: code, until: code, shift: index - code });
  }
  runs.push({ from: 0xffff, until: 0xffff, shift: 1 });
  const twice = runs.length * 2;
  const log = Math.floor(Math.log2(runs.length));
  const range = 2 ** log * 2;
  const length = 16 + runs.length * 8;
  return new Bytes()
    .u16(0, 1, 3, 1)
    .u32(12)
    .u16(4, length, 0, twice, range, log, twice - range)
    .u16(...runs.map(({ until }) => until), 0)
    .u16(...runs.map(({ from }) => from))
    .u16(...runs.map(({ shift }) => shift))
    .u16(...runs.map(() => 0));
}

function kern(pairs: Kerning): Bytes {
  const sorted = pairs.toSorted(([a, b], [c, d]) => a - c || b - d);
  const log = Math.floor(Math.log2(sorted.length));
  const range = 2 ** log * 6;
  const bytes = new Bytes().u16(
    0,
    1,
    0,
    14 + sorted.length * 6,
    1,
    sorted.length,
    range,
    log,
    sorted.length * 6 - range,
  );
  for (const [left, right, shift] of sorted) bytes.u16(left, right, shift);
  return bytes;
}

function names(family: string): Bytes {
  const records: [id: number, text: string][] = [
    [1, family],
    [2, 'Bold'],
    [3, `${family} Bold`],
    [4, `${family} Bold`],
    [5, 'Version 1.0'],
    [6, `${family.replaceAll(' ', '')}-Bold`],
  ];
  const bytes = new Bytes().u16(0, records.length, 6 + records.length * 12);
  let offset = 0;
  for (const [id, text] of records) {
    bytes.u16(3, 1, 0x409, id, text.length * 2, offset);
    offset += text.length * 2;
  }
  for (const [, text] of records) bytes.u16(...[...text].map((character) => character.charCodeAt(0)));
  return bytes;
}
