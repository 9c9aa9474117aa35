import type { Locator } from 'playwright-core';
import { pixelsOf } from './journey-qr.ts';

/**
 * Bars and spaces of each value of Code 128, in widths of the thinnest (ISO/IEC 15417, table 1): 0 to 102, the three starts,
 * and the stop without its last bar. Written here anew, so that what draws a barcode is not what reads it.
 */
const patterns = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 ' +
  '123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 ' +
  '131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 ' +
  '213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 ' +
  '141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 ' +
  '124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 ' +
  '411131 211412 211214 211232 233111'
).split(' ');

const [codeC, codeB] = [99, 100];
const [startB, startC, stop] = [104, 105, 106];

/** Reads a Code 128 as a laser does: along one line of the pixels on the screen. */
export async function readCode128(picture: Locator): Promise<string> {
  const { width, height, data } = await pixelsOf(picture);
  const line = Math.floor(height / 2) * width;
  const isDark = Array.from({ length: width }, (_, x) => (data[(line + x) * 4] ?? 255) < 128);
  const values = valuesOf(runsOf(isDark));
  const [start = 0, ...rest] = values.slice(0, -1);
  const check = rest.pop();
  const sum = rest.reduce((total, value, at) => total + value * (at + 1), start);
  if (sum % 103 !== check) throw new Error(`The check digit of ${values.join()} is wrong`);
  return textOf(start, rest);
}

/** Lengths of bars and spaces, from the first bar to the last. */
function runsOf(isDark: readonly boolean[]): number[] {
  const runs: number[] = [];
  const [first, last] = [isDark.indexOf(true), isDark.lastIndexOf(true)];
  for (let x = first; x <= last; x += 1) {
    if (x > first && isDark[x] === isDark[x - 1]) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(1);
  }
  return runs;
}

function valuesOf(runs: readonly number[]): number[] {
  // Six of each value, eleven modules wide; the stop has a seventh, two wide.
  const values: number[] = [];
  for (let at = 0; at + 6 <= runs.length; at += 6) {
    const six = runs.slice(at, at + 6);
    const module = six.reduce((sum, run) => sum + run, 0) / 11;
    const value = patterns.indexOf(six.map((run) => Math.round(run / module)).join(''));
    if (value < 0) throw new Error(`No value of Code 128: ${six.join()}`);
    values.push(value);
    if (value === stop) break;
  }
  return values;
}

function textOf(start: number, values: readonly number[]): string {
  if (start !== startB && start !== startC) throw new Error('Neither set B nor set C');
  let isPairs = start === startC;
  let text = '';
  for (const value of values) {
    if (value === (isPairs ? codeB : codeC)) isPairs = !isPairs;
    else if (isPairs) text += String(value).padStart(2, '0');
    else text += String.fromCodePoint(value + 32);
  }
  return text;
}
