import { setWord } from '../lettering.ts';
import {
  circle,
  clip,
  cycled,
  defs,
  element,
  group,
  line,
  path,
  picture,
  polygon,
  range,
  rect,
  ring,
  round,
} from '../svg.ts';

/** The Nairobi summit: escarpments cut as strata, their contour lines, field rows, and a sun with a grower's spark. */
const umber = '#20140f';
const chalk = '#fdf0d8';
const sun = '#ee4b2b';
const strata = [
  { fill: '#e9a06a', contour: '#d9854c' },
  { fill: '#d4633a', contour: '#b84c2b' },
  { fill: '#9c3a2f', contour: '#7f2a26' },
  { fill: '#2f7f6d', contour: '#226454' },
  { fill: '#1b5a50', contour: '#12443d' },
  { fill: '#123b38', contour: '#0d2c2b' },
  { fill: '#0b2524', contour: '#123634' },
] as const;

/** An escarpment's edge: long slopes broken by faults, each a quick drop, as the valley's own walls are. */
function edge(layer: number, x: number, width: number): number {
  const t = (x / width) * 6 + layer * 1.7;
  const fault = (at: number, drop: number): number => drop / (1 + Math.exp(-(x - at) / 14));
  return (
    Math.sin(t) * 16 +
    Math.sin(t * 2.3 + layer) * 8 +
    fault(width * (0.22 + layer * 0.09), 44) -
    fault(width * (0.5 + ((layer * 0.13) % 0.4)), 62) +
    fault(width * (0.78 - layer * 0.05), 34)
  );
}

function stratum(layer: number, top: number, width: number, height: number): string {
  const look = cycled(strata, layer);
  const points = range(Math.ceil(width / 40) + 1).map((step) => step * 40);
  const profile = (drop: number, calm: number): string =>
    points.map((x) => `${x} ${round(top + edge(layer, x, width) * calm + drop)}`).join('L');
  const contours = range(5).map((index) =>
    line(`M${profile(15 + index * 17, 1 - index * 0.13)}`, look.contour, index === 0 ? 5 : 2.6),
  );
  return path(`M${profile(0, 1)}V${height}H0Z`, look.fill) + contours.join('');
}

/** A flat-topped acacia: three lenses on a leaning fork. */
function acacia(x: number, base: number, size: number): string {
  const lens = (dx: number, dy: number, half: number): string =>
    element('path', {
      d: `M${round(x + dx - half)} ${round(base - dy)}Q${round(x + dx)} ${round(base - dy - half * 0.5)} ${round(x + dx + half)} ${round(base - dy)}Z`,
      fill: umber,
    });
  return [
    line(
      `M${x} ${base}L${x + size * 0.05} ${base - size * 0.45}L${x - size * 0.34} ${base - size * 0.82}M${x + size * 0.05} ${base - size * 0.45}L${x + size * 0.36} ${base - size * 0.9}M${x + size * 0.04} ${base - size * 0.4}L${x + size * 0.02} ${base - size}`,
      umber,
      size * 0.055,
      { 'stroke-linejoin': 'round' },
    ),
    lens(-size * 0.36, size * 0.78, size * 0.42),
    lens(size * 0.4, size * 0.84, size * 0.46),
    lens(0, size * 0.96, size * 0.6),
  ].join('');
}

/** Field rows running to one vanishing point: terraces of maize, beans, ploughed earth. */
function fields(x: number, top: number, width: number, height: number, farX: number): string {
  const crops = ['#f2b134', '#7fae3c', '#c2542d', '#3f8f4f', '#f2cf63', '#5d2a1d', '#a8c64c'];
  const rows = 18;
  return range(rows)
    .map((row) => {
      const near = x + (row * width) / rows;
      const far = farX + (row - rows / 2) * 13;
      return polygon(
        [
          [far, top],
          [far + 13, top],
          [near + width / rows, top + height],
          [near, top + height],
        ],
        cycled(crops, row * 3),
      );
    })
    .join('');
}

/** Contours round the sun, and short strokes outside them: heat, or the first spark of a weld. */
function sunDisc(x: number, y: number, r: number): string {
  const rays = range(28).map((index) => {
    const turn = (index / 28) * Math.PI * 2;
    const at = (distance: number): string =>
      `${round(x + Math.cos(turn) * r * distance)} ${round(y + Math.sin(turn) * r * distance)}`;
    return `M${at(1.78)}L${at(index % 2 === 0 ? 2.05 : 1.92)}`;
  });
  return [
    ...[1.62, 1.44, 1.28, 1.14].map((scale, index) => ring(x, y, r * scale, '#f28a4e', 3 + index * 2)),
    circle(x, y, r, sun),
    line(rays.join(''), sun, 7, { 'stroke-linecap': 'round' }),
  ].join('');
}

function sky(width: number, height: number): string {
  const bands = ['#f6b46a', '#f7c07c', '#f9cd92', '#fad9a9', '#fce5c2'];
  return bands
    .map((colour, index) => rect(0, (index * height) / bands.length, width, height / bands.length + 1, colour))
    .join('');
}

export function riftStrataHero(): string {
  return picture(
    1600,
    900,
    'Escarpments in strata, acacias and field rows under a contour-ringed sun',
    defs(
      clip(
        'plot',
        polygon(
          [
            [760, 900],
            [1010, 660],
            [1600, 610],
            [1600, 900],
          ],
          '#000',
        ),
      ),
    ),
    sky(1600, 470),
    sunDisc(1120, 226, 112),
    ...[330, 395, 462, 534, 600].map((top, layer) => stratum(layer, top, 1600, 900)),
    group({ 'clip-path': 'url(#plot)' }, fields(640, 590, 1300, 320, 1330)),
    acacia(1440, 640, 178),
    acacia(1040, 668, 96),
    path('M0 690C260 640 520 690 780 790S1180 870 1240 900H0Z', '#0b2524'),
    line(
      'M0 720C250 672 500 718 740 812S1020 880 1080 900M0 750C230 706 470 746 690 832M0 780C200 742 420 776 610 850',
      '#143a37',
      3,
    ),
  );
}

export function riftStrataPoster(): string {
  const word = { x: 66, width: 948, tracking: 0.7 };
  const first = setWord('SHAMBA', { ...word, y: 64 }, [{ colour: umber, weight: 2.5 }]);
  const second = setWord('& SPARK', { ...word, y: 64 + first.height + 30 }, [{ colour: '#b84c2b', weight: 2.5 }]);
  return picture(
    1080,
    1350,
    'Shamba & Spark, Nairobi',
    defs(
      clip(
        'plot',
        polygon(
          [
            [0, 1350],
            [120, 1150],
            [560, 1090],
            [1080, 1120],
            [1080, 1350],
          ],
          '#000',
        ),
      ),
    ),
    sky(1080, 900),
    sunDisc(690, 728, 128),
    first.drawn,
    second.drawn,
    ...[742, 812, 884, 956, 1030].map((top, layer) => stratum(layer, top, 1080, 1350)),
    group({ 'clip-path': 'url(#plot)' }, fields(-160, 1070, 1400, 290, 560)),
    acacia(240, 1130, 300),
    acacia(900, 1118, 140),
    rect(0, 1246, 1080, 104, '#0b2524'),
    setWord('NAIROBI', { x: 66, y: 1270, width: 330, tracking: 2 }, [{ colour: chalk, weight: 2 }]).drawn,
    setWord('KIJANI SHEDS', { x: 520, y: 1270, width: 494, tracking: 2 }, [{ colour: '#f2b134', weight: 2 }]).drawn,
  );
}
