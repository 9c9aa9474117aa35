import type { LiveSnapshot } from './snapshot.ts';

/** Arrivals as SVG paths in a box of `chartBox`: one bar a minute, the minute that still runs apart from the others. */
export type ArrivalsChart = {
  readonly past: string;
  readonly running: string;
  /** What the box's full height stands for. */
  readonly top: number;
};

type Minutes = LiveSnapshot['arrivals'];

const step = 10;
const barWidth = 7;
const boxHeight = 100;

/** As an SVG viewBox, for sixty minutes. */
export const chartBox = `0 0 600 ${boxHeight}`;

export function arrivalsChart(minutes: Minutes): ArrivalsChart {
  const top = roundTop(Math.max(0, ...minutes.map(({ admitted }) => admitted)));
  const bars = minutes.map(({ admitted }, index) => bar(index, (admitted / top) * boxHeight));
  return { past: bars.slice(0, -1).join(''), running: bars.at(-1) ?? '', top };
}

function bar(index: number, height: number): string {
  if (height === 0) return '';
  const [x, rounded] = [index * step, Math.round(height * 10) / 10];
  return `M${x} ${boxHeight}v-${rounded}h${barWidth}v${rounded}z`;
}

const smallestTop = 4;

/** 4, 6, 10, 20, 30, 40, 60…: a scale that people can halve in their heads, and that does not jump at each arrival. */
function roundTop(peak: number): number {
  if (peak <= smallestTop) return smallestTop;
  const magnitude = 10 ** Math.floor(Math.log10(peak));
  const factor = [1, 2, 3, 4, 6, 8, 10].find((candidate) => candidate * magnitude >= peak) ?? 10;
  return factor * magnitude;
}
