import { setWord } from '../lettering.ts';
import {
  circle,
  clip,
  cycled,
  defs,
  group,
  halftone,
  line,
  overprint,
  path,
  picture,
  polygon,
  range,
  rect,
  ring,
  round,
  stripes,
} from '../svg.ts';

/** The Expo: a dusk of concentric cut paper over the docks, with cranes, saw-tooth halls and a row of stalls. */
const ink = '#130f2f';
const cream = '#ffedc7';
const dusk = ['#241850', '#44206f', '#772a7c', '#b2356f', '#e2504f', '#f67c3a', '#ffa93f', '#ffd27a'];
const awnings = [
  ['#e8432f', cream],
  ['#0f7d7e', '#f4e3c1'],
  ['#f7b52c', '#8f2a5e'],
  ['#2f4bb3', cream],
  ['#e86a8d', '#5b1f58'],
] as const;

function sky(width: number, horizon: number, sunX: number, reach: number): string {
  const steps = dusk.length;
  const radius = (step: number): number => reach * ((steps - step) / steps) ** 1.2;
  return group(
    { 'clip-path': 'url(#air)' },
    rect(0, 0, width, horizon, '#180f3c'),
    ...dusk.map((colour, index) => circle(sunX, horizon, radius(index), colour)),
    // The same screen three times, finer outwards: one ink fading, as a printer would do it.
    ...[3, 4, 5].map((step) =>
      ring(
        sunX,
        horizon,
        (radius(step) + radius(step + 1)) / 2,
        `url(#grain-${step})`,
        radius(step) - radius(step + 1),
        overprint,
      ),
    ),
    circle(sunX, horizon, reach * 0.15, cream),
  );
}

/** The sun's path on the water: lenses that widen towards us, each a colour of the sky above it. */
function water(width: number, height: number, horizon: number, sunX: number, calm: number): string {
  const rows = Math.floor((height - horizon) / 22);
  const glints = range(rows).map((row) => {
    const y = horizon + 14 + row * 22;
    const half = (250 - row * 9) * (row % 2 === 0 ? 1 : 0.66);
    const x = sunX + (row % 3) * 14 - 14;
    const colour = dusk[Math.max(1, dusk.length - 1 - Math.floor(row * 0.5))] ?? cream;
    return path(`M${x - half} ${y}Q${x} ${y - 9} ${x + half} ${y}Q${x} ${y + 9} ${x - half} ${y}Z`, colour);
  });
  const swell = range(rows).map((row) => {
    const y = horizon + 30 + row * 22;
    return line(`M${calm + row * 40} ${y}H${width}`, '#3b2a78', 2.5, {
      'stroke-dasharray': `${90 + row * 14} ${40 + row * 11}`,
    });
  });
  return rect(0, horizon, width, height - horizon, ink) + swell.join('') + glints.join('');
}

/** A quay crane: portal legs, a tower, a boom out over the dock and a load on its line. */
function crane(x: number, base: number, size: number, boom: number, colour: string): string {
  const at = (dx: number, dy: number): [number, number] => [x + dx * size, base - dy * size];
  const [tipX, tipY] = at(boom, 3.55);
  const [topX, topY] = at(0, 4.3);
  const hookX = at(boom * 0.78, 3.5)[0];
  return [
    polygon(
      [at(-0.62, 0), at(-0.42, 0), at(-0.2, 1.9), at(0.2, 1.9), at(0.42, 0), at(0.62, 0), at(0.3, 2.2), at(-0.3, 2.2)],
      colour,
    ),
    polygon([at(-0.2, 2.1), at(0.2, 2.1), at(0.1, 4.3), at(-0.1, 4.3)], colour),
    polygon([at(-0.5, 2.5), at(0.45, 2.5), at(0.45, 3.1), at(-0.5, 3.1)], colour),
    polygon([at(-boom * 0.42, 3.12), at(boom, 3.5), at(boom, 3.6), at(-boom * 0.42, 3.42)], colour),
    rect(
      Math.min(at(-boom * 0.42, 0)[0], at(-boom * 0.3, 0)[0]),
      at(0, 3.5)[1],
      Math.abs(boom * 0.12 * size),
      0.75 * size,
      colour,
    ),
    line(
      `M${topX} ${topY}L${tipX} ${tipY}M${topX} ${topY}L${at(-boom * 0.4, 3.3).join(' ')}M${topX} ${topY}L${at(boom * 0.5, 3.4).join(' ')}`,
      colour,
      size * 0.05,
    ),
    line(`M${hookX} ${at(0, 3.45)[1]}V${at(0, 1.75)[1]}`, colour, size * 0.035),
  ].join('');
}

function container(x: number, y: number, size: number, colour: string): string {
  return (
    rect(x - size, y, size * 2, size * 0.9, colour) + rect(x - size, y, size * 2, size * 0.9, 'url(#slats)', overprint)
  );
}

function halls(x: number, base: number, bays: number, size: number): string {
  const roof = range(bays).map((bay) => {
    const left = x + bay * size;
    return polygon(
      [
        [left, base],
        [left, base - size * 0.62],
        [left + size * 0.18, base - size * 1.12],
        [left + size, base - size * 0.62],
        [left + size, base],
      ],
      ink,
    );
  });
  const glass = range(bays).map((bay) => {
    const left = x + bay * size;
    return polygon(
      [
        [left + size * 0.06, base - size * 0.66],
        [left + size * 0.19, base - size * 1.01],
        [left + size * 0.26, base - size * 0.97],
        [left + size * 0.16, base - size * 0.66],
      ],
      '#ffc65c',
    );
  });
  const panes = range(bays * 3).map((pane) =>
    rect(
      x + (pane + 0.2) * (size / 3),
      base - size * 0.42,
      size / 5,
      size * 0.2,
      pane % 5 === 3 ? '#f67c3a' : '#ffd27a',
    ),
  );
  return [...roof, ...glass, ...panes].join('');
}

/** Market tents, each a fan of stripes meeting at a pole, shoulder to shoulder along the quay. */
function tents(from: number, base: number, widths: readonly number[]): string {
  let left = from;
  return widths
    .map((width, index) => {
      const drawn = tent(left, base, width, cycled(awnings, index * 2));
      left += width;
      return drawn;
    })
    .join('');
}

function tent(left: number, base: number, width: number, [dark, light]: readonly [string, string]): string {
  const panels = 7;
  const strip = width / panels;
  const eaves = base - width * 0.46;
  const peak = eaves - width * 0.46;
  const centre = left + width / 2;
  const fan = range(panels).map((panel) => {
    const x = left + panel * strip;
    const fill = panel % 2 === 0 ? dark : light;
    return path(
      `M${round(centre)} ${round(peak)}L${round(x)} ${round(eaves)}v${round(width * 0.08)}a${round(strip / 2)} ${round(strip / 2)} 0 0 0 ${round(strip)} 0V${round(eaves)}Z`,
      fill,
    );
  });
  return [
    rect(left + width * 0.06, eaves, width * 0.88, base - eaves, '#2b1650'),
    polygon(
      [
        [left + width * 0.3, base],
        [left + width * 0.38, eaves],
        [left + width * 0.62, eaves],
        [left + width * 0.7, base],
      ],
      '#ffb545',
    ),
    ...fan,
    line(`M${round(centre)} ${round(peak + 2)}V${round(peak - width * 0.2)}`, ink, 4),
    polygon(
      [
        [centre, peak - width * 0.2],
        [centre + width * 0.2, peak - width * 0.14],
        [centre, peak - width * 0.08],
      ],
      dark,
    ),
  ].join('');
}

function screens(horizon: number, width: number): string {
  return defs(
    clip('air', rect(0, 0, width, horizon, '#000')),
    halftone('grain-5', '#f2603c', 13, 0.66),
    halftone('grain-4', '#d23d63', 13, 0.6),
    halftone('grain-3', '#7d2a86', 13, 0.46),
    stripes('slats', '#b9a3c9', 12, 0.34, 90),
  );
}

export function duskDocksHero(): string {
  const horizon = 612;
  return picture(
    1600,
    900,
    'Cranes, halls and market tents under a dusk of cut paper',
    screens(horizon, 1600),
    sky(1600, horizon, 1090, 1000),
    crane(640, horizon, 62, 3, '#5e1f63'),
    crane(1490, horizon, 78, -2.6, '#7c2460'),
    crane(330, horizon, 112, 3.5, ink),
    container(330 + 3.5 * 0.78 * 112, horizon - 1.75 * 112, 50, '#14908c'),
    halls(1238, horizon, 5, 84),
    rect(0, horizon - 16, 1600, 24, ink),
    tents(560, horizon + 2, [96, 128, 104, 150, 112, 132]),
    water(1600, 900, horizon + 2, 1090, 620),
  );
}

export function duskDocksPoster(): string {
  const horizon = 1010;
  const fall = { colour: '#e2504f', weight: 2.5, shift: [0.3, 0.32] } as const;
  const face = { colour: cream, weight: 2.5 } as const;
  const brand = setWord('247GBS', { x: 66, y: 70, width: 930, tracking: 0.8 }, [fall, face]);
  const name = setWord('EXPO', { x: 66, y: 70 + brand.height + 36, width: 930, tracking: 0.8 }, [fall, face]);
  return picture(
    1080,
    1350,
    '247GBS Expo',
    screens(horizon, 1080),
    sky(1080, horizon, 620, 1090),
    brand.drawn,
    name.drawn,
    crane(930, horizon, 62, -2.6, '#8a2860'),
    crane(176, horizon, 84, 3.5, ink),
    container(176 + 3.5 * 0.78 * 84, horizon - 1.75 * 84, 40, '#14908c'),
    halls(850, horizon, 3, 92),
    rect(0, horizon - 16, 1080, 24, ink),
    tents(70, horizon + 2, [112, 150, 118, 170, 124, 146]),
    water(1080, 1350, horizon + 2, 620, 60),
    setWord('ROYAL DOCKS LONDON', { x: 66, y: 1246, width: 930, tracking: 2.4 }, [{ colour: cream, weight: 2 }]).drawn,
  );
}
