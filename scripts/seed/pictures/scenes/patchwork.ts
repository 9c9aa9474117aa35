import { setWord } from '../lettering.ts';
import { randomFrom } from '../random.ts';
import { circle, cycled, group, line, path, picture, polygon, range, rect, ring } from '../svg.ts';

/** The community days: a quilt of mending, each block a pattern from the sewing box or a thing from the bench. */
const paper = '#fbf1dc';
const scraps = ['#e4572e', '#f3a712', '#2e7f73', '#29516d', '#d9738f', '#fbf1dc', '#9cc5c1', '#5b2a4a'] as const;
const pairs = [
  ['#e4572e', paper],
  ['#29516d', '#9cc5c1'],
  ['#f3a712', '#5b2a4a'],
  ['#2e7f73', paper],
  ['#d9738f', '#5b2a4a'],
  ['#9cc5c1', '#e4572e'],
  [paper, '#29516d'],
  ['#5b2a4a', '#f3a712'],
] as const;

type Pair = readonly [ground: string, figure: string];
/** A block is drawn on a hundred-unit square. */
type Block = (pair: Pair) => string;

const ground = (colour: string): string => rect(0, 0, 100.4, 100.4, colour);

const geese: Block = ([back, front]) =>
  ground(back) +
  range(4)
    .map((row) =>
      polygon(
        [
          [0, row * 25 + 25],
          [50, row * 25],
          [100, row * 25 + 25],
        ],
        row % 2 === 0 ? front : '#f3a712',
      ),
    )
    .join('');

const pinwheel: Block = ([back, front]) =>
  ground(back) +
  range(4)
    .map((turn) =>
      group(
        { transform: `rotate(${turn * 90} 50 50)` },
        polygon(
          [
            [50, 50],
            [50, 0],
            [100, 0],
          ],
          front,
        ),
      ),
    )
    .join('');

const logCabin: Block = ([back, front]) =>
  ground(back) +
  range(4)
    .map((step) => {
      const inset = step * 12.5;
      const size = 100 - inset * 2;
      return path(
        `M${inset} ${inset}h${size}v${size}h-12.5v${12.5 - size}h${12.5 - size}Z`,
        step % 2 === 0 ? front : cycled(scraps, step + 3),
      );
    })
    .join('') +
  rect(43, 43, 14, 14, '#e4572e');

const quarters: Block = ([back, front]) =>
  ground(back) +
  path('M0 0H50A50 50 0 0 1 0 50ZM100 100H50A50 50 0 0 1 100 50Z', front) +
  path('M100 0V50A50 50 0 0 1 50 0ZM0 100V50A50 50 0 0 1 50 100Z', front, { opacity: '.55' });

const star: Block = ([back, front]) =>
  ground(back) +
  range(4)
    .map((turn) =>
      group(
        { transform: `rotate(${turn * 90} 50 50)` },
        polygon(
          [
            [50, 50],
            [28, 28],
            [50, 3],
            [72, 28],
          ],
          front,
        ),
      ),
    )
    .join('') +
  range(4)
    .map((turn) =>
      group(
        { transform: `rotate(${turn * 90 + 45} 50 50)` },
        polygon(
          [
            [50, 50],
            [38, 34],
            [50, 10],
            [62, 34],
          ],
          front === '#f3a712' ? '#e4572e' : '#f3a712',
        ),
      ),
    )
    .join('');

const gingham: Block = ([back, front]) =>
  ground(back) +
  group(
    { opacity: '.62' },
    ...range(5).map((row) => rect(0, row * 20, 100, 10, front)),
    ...range(5).map((column) => rect(column * 20, 0, 10, 100, front)),
  );

const button: Block = ([back, front]) =>
  ground(back) +
  circle(50, 50, 36, front) +
  ring(50, 50, 27, back, 3) +
  [
    [42, 42],
    [58, 42],
    [42, 58],
    [58, 58],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 5, back))
    .join('') +
  line('M42 42L58 58M58 42L42 58', '#f3a712', 2.6);

const cog: Block = ([back, front]) =>
  ground(back) +
  range(8)
    .map((tooth) => rect(42, 8, 16, 24, front, { transform: `rotate(${tooth * 45} 50 50)` }))
    .join('') +
  circle(50, 50, 30, front) +
  circle(50, 50, 12, back);

const spool: Block = ([back, front]) =>
  ground(back) +
  rect(26, 14, 48, 12, front) +
  rect(26, 74, 48, 12, front) +
  rect(33, 26, 34, 48, '#f3a712') +
  line('M33 34L67 30M33 43L67 39M33 52L67 48M33 61L67 57M33 70L67 66', back, 3) +
  line('M67 66Q84 72 78 96', '#f3a712', 3);

const plug: Block = ([back, front]) =>
  ground(back) +
  path('M28 46H72V60A22 22 0 0 1 28 60Z', front) +
  rect(34, 22, 8, 26, front) +
  rect(58, 22, 8, 26, front) +
  line('M50 80V100', front, 8) +
  rect(46, 6, 8, 12, '#f3a712');

const spanner: Block = ([back, front]) =>
  ground(back) +
  group(
    { transform: 'rotate(45 50 50)' },
    rect(43, 26, 14, 56, front),
    circle(50, 22, 20, front),
    rect(43, 0, 14, 22, back),
    circle(50, 82, 13, front),
    circle(50, 82, 5.5, back),
  );

const kettle: Block = ([back, front]) =>
  ground(back) +
  path('M24 82L30 44H70L76 82Z', front) +
  path('M71 52L90 40L84 36L72 42Z', front) +
  line('M30 42A20 22 0 0 1 70 42', front, 6) +
  rect(45, 34, 10, 10, '#f3a712') +
  rect(26, 68, 48, 5, back);

const scissors: Block = ([back, front]) =>
  ground(back) +
  polygon(
    [
      [46, 58],
      [66, 10],
      [56, 62],
    ],
    front,
  ) +
  polygon(
    [
      [54, 58],
      [34, 10],
      [44, 62],
    ],
    front,
  ) +
  ring(36, 76, 12, '#f3a712', 7) +
  ring(64, 76, 12, '#f3a712', 7) +
  circle(50, 56, 3, back);

const lamp: Block = ([back, front]) =>
  ground(back) +
  path('M34 54A20 20 0 1 1 66 54L62 66H38Z', '#f3a712') +
  rect(39, 68, 22, 5, front) +
  rect(39, 75, 22, 5, front) +
  rect(43, 82, 14, 6, front) +
  line('M43 62V48L50 54L57 48V62', back, 3);

const patterns: readonly Block[] = [pinwheel, geese, gingham, logCabin, quarters, star];
const things: readonly Block[] = [button, cog, kettle, spool, plug, spanner, scissors, lamp];

function quilt(columns: number, rows: number, size: number, isOpen: (column: number, row: number) => boolean): string {
  const random = randomFrom(1003);
  const blocks: string[] = [];
  let thing = 0;
  for (const row of range(rows)) {
    for (const column of range(columns)) {
      const pair = cycled(pairs, column * 3 + row * 5 + Math.floor(random() * 2));
      const turn = Math.floor(random() * 4) * 90;
      const isThing = (column + row * 2) % 3 === 1;
      if (isOpen(column, row)) continue;
      const drawn = isThing
        ? cycled(things, thing++)(pair)
        : group({ transform: `rotate(${turn} 50 50)` }, cycled(patterns, Math.floor(random() * 6))(pair));
      blocks.push(group({ transform: `translate(${column * size} ${row * size}) scale(${size / 100})` }, drawn));
    }
  }
  return blocks.join('');
}

/** Running stitch along every seam. */
function stitching(columns: number, rows: number, size: number): string {
  const across = range(rows - 1).map((row) => `M0 ${(row + 1) * size}H${columns * size}`);
  const down = range(columns - 1).map((column) => `M${(column + 1) * size} 0V${rows * size}`);
  return line([...across, ...down].join(''), paper, 3, { 'stroke-dasharray': '13 9', opacity: '.85' });
}

/** A plain panel sewn over the quilt, its hem stitched by hand: the place for words. */
function panel(x: number, y: number, width: number, height: number, [cloth, thread]: Pair): string {
  return [
    rect(x + 9, y + 9, width, height, '#2b1b28', { opacity: '.28' }),
    rect(x, y, width, height, cloth),
    rect(x + 16, y + 16, width - 32, height - 32, 'none', {
      stroke: thread,
      'stroke-width': 4,
      'stroke-dasharray': '18 11',
    }),
  ].join('');
}

export function patchworkHero(): string {
  return picture(
    1600,
    900,
    'A patchwork quilt of mending: kettles, plugs, buttons and stars',
    rect(0, 0, 1600, 900, '#29516d'),
    quilt(8, 5, 200, (column, row) => column < 4 && row > 1 && row < 4 && column > 0),
    stitching(8, 5, 200),
    panel(-40, 392, 880, 560, ['#3f1d36', '#f3a712']),
  );
}

export function patchworkPoster(): string {
  const open = setWord('OPEN', { x: 112, y: 420, width: 856, tracking: 0.9, cap: 'round' }, [
    { colour: '#e4572e', weight: 2.7 },
    { colour: paper, weight: 0.34, more: { 'stroke-dasharray': '.95 .75' } },
  ]);
  const days = setWord('DAYS', { x: 112, y: 420 + open.height + 40, width: 856, tracking: 0.9, cap: 'round' }, [
    { colour: '#29516d', weight: 2.7 },
    { colour: paper, weight: 0.34, more: { 'stroke-dasharray': '.95 .75' } },
  ]);
  const height = open.height + days.height + 40;
  return picture(
    1080,
    1350,
    'Open Days at Lantern Yard',
    rect(0, 0, 1080, 1350, '#29516d'),
    quilt(6, 8, 180, (column, row) => column > 0 && column < 5 && row > 2 && row < 5),
    stitching(6, 8, 180),
    panel(56, 362, 968, height + 210, [paper, '#e4572e']),
    open.drawn,
    days.drawn,
    setWord('LANTERN YARD PECKHAM', { x: 116, y: 420 + height + 48, width: 848, tracking: 2.6, cap: 'round' }, [
      { colour: '#5b2a4a', weight: 1.9 },
    ]).drawn,
  );
}
