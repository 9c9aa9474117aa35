import { setWord, type Stroke } from '../lettering.ts';
import { randomFrom } from '../random.ts';
import { circle, cycled, defs, element, group, line, path, picture, range, rect, ring, round, use } from '../svg.ts';

/** The music night: a record for a moon, a ferry with horns for funnels, and a lagoon of rhythmic stripes. */
const night = '#150726';
const cream = '#fff0d2';
const vermilion = '#ff4a1c';
const saffron = '#ffb41f';
const pink = '#ff7fb2';
const green = '#12a574';
const violet = '#5b2bd1';

const scallops = [
  ['bright-0', [vermilion, cream, vermilion, saffron]],
  ['bright-1', [pink, night, saffron, vermilion]],
  ['bright-2', [violet, pink, violet, cream]],
  ['bright-3', [green, cream, green, saffron]],
  ['dim-0', ['#2a1250', '#1b0a33', '#2a1250', '#1b0a33']],
  ['dim-1', ['#351766', '#1b0a33', '#241047', '#1b0a33']],
] as const;

/** One scale of the lagoon: nested half-discs, drawn once and used for every wave. */
function scallopSymbols(radius: number): string {
  return defs(
    ...scallops.map(([id, colours]) =>
      group(
        { id },
        circle(0, 0, radius, night),
        ...colours.map((colour, index) => circle(0, 0, radius * (0.95 - index * 0.2), colour)),
        ...colours.map((_, index) => ring(0, 0, radius * (0.86 - index * 0.2), night, radius * 0.035)),
        circle(0, 0, radius * 0.12, night),
      ),
    ),
  );
}

/** Rows from back to front; waves left of `calm` stay in the dark, so that words can lie over them. */
function lagoon(width: number, height: number, top: number, radius: number, calm: (row: number) => number): string {
  const random = randomFrom(1002);
  const rows = Math.ceil((height - top) / (radius * 0.5)) + 1;
  const waves = range(rows).flatMap((row) =>
    range(Math.ceil(width / (radius * 2)) + 2).map((column) => {
      const x = column * radius * 2 - (row % 2) * radius;
      const y = top + radius + row * radius * 0.5;
      const isBright = x > calm(row);
      const id = isBright ? `bright-${Math.floor(random() * 4)}` : `dim-${Math.floor(random() * 2)}`;
      return use(id, { x, y });
    }),
  );
  return rect(0, top + radius * 0.9, width, height - top, night) + waves.join('');
}

function record(x: number, y: number, r: number): string {
  const sheen = (from: number, to: number): string => {
    const at = (turn: number): string => `${round(x + r * Math.cos(turn))} ${round(y + r * Math.sin(turn))}`;
    return path(`M${x} ${y}L${at(from)}A${r} ${r} 0 0 1 ${at(to)}Z`, cream, { opacity: '.2' });
  };
  return [
    circle(x, y, r, vermilion),
    ...range(9).map((groove) =>
      ring(x, y, r * (0.95 - groove * 0.062), groove % 3 === 2 ? '#a81f2c' : '#d9301c', r * 0.014),
    ),
    sheen(-1.25, -0.72),
    sheen(1.9, 2.43),
    circle(x, y, r * 0.37, saffron),
    ring(x, y, r * 0.29, night, r * 0.016),
    ring(x, y, r * 0.2, vermilion, r * 0.05),
    circle(x, y, r * 0.045, night),
  ].join('');
}

/** A horn from its mouthpiece: nearly a tube, until the bell opens all at once. */
function horn(x: number, y: number, length: number, degrees: number, colour: string): string {
  const half = (t: number): number => length * (0.022 + 0.03 * t + 0.16 * t ** 9);
  const steps = range(13).map((step) => step / 12);
  const edge = (side: 1 | -1): string[] => steps.map((t) => `${round(side * half(t))} ${round(-t * length)}`);
  const bell = half(1);
  return group(
    { transform: `translate(${round(x)} ${round(y)}) rotate(${degrees})` },
    path(`M${[...edge(-1), ...edge(1).toReversed()].join('L')}Z`, colour),
    ...[0.34, 0.46, 0.58].map((t) => rect(-half(t) - 4, -t * length, half(t) * 2 + 8, length * 0.022, night)),
    element('ellipse', { cx: 0, cy: -length, rx: bell, ry: bell * 0.26, fill: cream }),
    element('ellipse', { cx: 0, cy: -length + 1, rx: bell * 0.72, ry: bell * 0.15, fill: night }),
  );
}

function ferry(x: number, base: number, width: number): string {
  const unit = width / 10;
  const at = (dx: number, dy: number): string => `${round(x + dx * unit)} ${round(base - dy * unit)}`;
  const windows = (count: number, from: number, height: number): string[] =>
    range(count).map((index) =>
      circle(x + (from + index * 0.72) * unit, base - height * unit, unit * 0.2, index % 4 === 2 ? pink : saffron),
    );
  return [
    path(`M${at(1.9, 2.1)}H${round(x + 8.2 * unit)}L${at(8.6, 1.2)}H${round(x + 1.5 * unit)}Z`, violet),
    path(`M${at(2.9, 2.8)}H${round(x + 7.3 * unit)}L${at(7.6, 2.1)}H${round(x + 2.6 * unit)}Z`, green),
    line(`M${at(1.6, 2.1)}H${round(x + 8.5 * unit)}M${at(2.6, 2.8)}H${round(x + 7.6 * unit)}`, cream, unit * 0.12),
    ...windows(9, 2.15, 1.62),
    ...windows(6, 3.2, 2.42),
    path(
      `M${at(-0.2, 1.5)}Q${at(1, 1.2)} ${at(2, 1.2)}H${round(x + 9.6 * unit)}L${at(9.1, -0.6)}H${round(x + 1.2 * unit)}Q${at(0.4, 0.2)} ${at(-0.2, 1.5)}Z`,
      cream,
    ),
    line(`M${at(0.36, 0.86)}H${round(x + 9.48 * unit)}`, vermilion, unit * 0.22),
    line(`M${at(0.52, 0.5)}H${round(x + 9.38 * unit)}`, night, unit * 0.14),
  ].join('');
}

const brass: readonly (readonly [offset: number, length: number, degrees: number, colour: string])[] = [
  [-0.34, 0.92, -52, violet],
  [0.34, 0.9, 54, green],
  [-0.22, 1.08, -30, saffron],
  [0.22, 1.02, 31, cream],
  [-0.08, 1.28, -9, cream],
  [0.09, 1.2, 12, pink],
];

function horns(x: number, y: number, size: number): string {
  return brass
    .map(([offset, length, degrees, colour]) => horn(x + offset * size, y, length * size, degrees, colour))
    .join('');
}

/** Bars of light across the dark, thick and thin as a drummer would count them. */
function bars(from: number, to: number, top: number, count: number): string {
  const pattern = [22, 6, 6, 14, 6, 30, 6];
  let y = top;
  return range(count)
    .map((index) => {
      const thickness = cycled(pattern, index);
      const inset = (index * 83) % 260;
      const drawn = rect(from + inset, y, to - from - inset, thickness, index % 3 === 0 ? '#2c1157' : '#22103f', {
        rx: thickness / 2,
      });
      y += thickness + 16;
      return drawn;
    })
    .join('');
}

export function moonHornsHero(): string {
  return picture(
    1600,
    900,
    'A ferry with horns for funnels under a record moon',
    scallopSymbols(78),
    rect(0, 0, 1600, 900, night),
    bars(240, 1700, 46, 16),
    record(1120, 330, 292),
    horns(1128, 520, 330),
    ferry(800, 640, 640),
    lagoon(1600, 900, 606, 78, (row) => 620 + row * 34),
  );
}

const prism: readonly [Stroke, ...Stroke[]] = [
  { colour: vermilion, weight: 2.9 },
  { colour: night, weight: 2.3 },
  { colour: saffron, weight: 1.9 },
  { colour: night, weight: 1.25 },
  { colour: pink, weight: 0.85 },
];

export function moonHornsPoster(): string {
  const setting = { x: 60, width: 960, tracking: 0.55, cap: 'round', join: 'round' } as const;
  const first = setWord('NIGHT', { ...setting, y: 60 }, prism);
  const second = setWord('FERRY', { ...setting, y: 60 + first.height + 26 }, prism);
  return picture(
    1080,
    1350,
    'Night Ferry, Lagos',
    scallopSymbols(90),
    rect(0, 0, 1080, 1350, night),
    bars(-260, 1080, 640, 14),
    record(540, 850, 262),
    horns(540, 1016, 282),
    first.drawn,
    second.drawn,
    ferry(216, 1130, 648),
    lagoon(1080, 1350, 1086, 90, () => -200),
    rect(330, 1216, 420, 104, night, { rx: 52 }),
    setWord('LAGOS', { x: 388, y: 1239, width: 304, tracking: 2.4, cap: 'round' }, [{ colour: cream, weight: 2 }])
      .drawn,
  );
}
