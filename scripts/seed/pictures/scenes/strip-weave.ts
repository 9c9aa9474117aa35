import { setWord } from '../lettering.ts';
import { randomFrom } from '../random.ts';
import { circle, cycled, defs, element, group, line, path, picture, polygon, range, rect, use } from '../svg.ts';

/** The Accra market: narrow strips of woven cloth sewn side by side, and on the left the loom's bare warp. */
const black = '#14100c';
const gold = '#f4b21b';
const crimson = '#c9182b';
const green = '#0b7d49';
const blue = '#2340a8';
const cream = '#fff3d6';

type Dye = readonly [ground: string, first: string, second: string];

const dyes: readonly Dye[] = [
  [gold, crimson, black],
  [green, gold, cream],
  [black, gold, crimson],
  [crimson, cream, green],
  [blue, gold, cream],
];

/** A block fills one strip's width and as much height; drawn on a hundred-unit square. */
type Block = (dye: Dye) => string;

const bars: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  [6, 30, 62, 86].map((y, index) => rect(0, y, 100, 8, index % 2 === 0 ? first : second)).join('') +
  rect(0, 44, 100, 12, first);

const steps: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  path('M0 0H20V10H30V20H40V30H60V20H70V10H80V0H100V30H90V40H80V50H60V60H40V50H20V40H10V30H0Z', first) +
  path('M0 100H20V90H30V80H40V70H60V80H70V90H80V100H100V70H90V60H80V64H20V60H10V70H0Z', second);

const diamond: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  polygon(
    [
      [50, 4],
      [96, 50],
      [50, 96],
      [4, 50],
    ],
    first,
  ) +
  polygon(
    [
      [50, 24],
      [76, 50],
      [50, 76],
      [24, 50],
    ],
    second,
  ) +
  rect(42, 42, 16, 16, ground);

const checks: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  range(5)
    .map((row) =>
      range(5)
        .map((column) =>
          (row + column) % 2 === 0 ? rect(column * 20, row * 20, 20, 20, row === column ? second : first) : '',
        )
        .join(''),
    )
    .join('');

const zigzag: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  line('M-10 28L25 8L50 28L75 8L110 28', first, 13) +
  line('M-10 62L25 42L50 62L75 42L110 62', second, 13) +
  line('M-10 96L25 76L50 96L75 76L110 96', first, 13);

const hourglass: Block = ([ground, first, second]) =>
  rect(0, 0, 100, 100, ground) +
  polygon(
    [
      [0, 0],
      [100, 0],
      [50, 50],
    ],
    first,
  ) +
  polygon(
    [
      [0, 100],
      [100, 100],
      [50, 50],
    ],
    first,
  ) +
  polygon(
    [
      [28, 0],
      [72, 0],
      [50, 22],
    ],
    second,
  ) +
  polygon(
    [
      [28, 100],
      [72, 100],
      [50, 78],
    ],
    second,
  );

const figures: readonly Block[] = [diamond, steps, zigzag, hourglass, checks];

/** The plain stretch between figures: fine warp stripes running down the strip. */
function plain([ground, first, second]: Dye): string {
  return (
    rect(0, 0, 100, 100, ground) +
    [10, 22, 46, 70, 82]
      .map((x, index) => rect(x, 0, index === 2 ? 8 : 4, 100, index % 2 === 0 ? first : second))
      .join('')
  );
}

/** Every block in every dye, cut once; a symbol also trims what a zigzag throws over the selvedge. */
function cutBlocks(): string {
  const cut = (id: string, drawn: string): string => element('symbol', { id, viewBox: '0 0 100 100' }, drawn);
  return defs(
    ...dyes.flatMap((dye, colour) => [
      ...figures.map((figure, index) => cut(`f${index}${colour}`, figure(dye))),
      cut(`b${colour}`, bars(dye)),
      cut(`p${colour}`, plain(dye)),
    ]),
  );
}

function cloth(columns: number, rows: number, size: number, wovenTo: (column: number) => number): string {
  const random = randomFrom(1004);
  const strips = range(columns).flatMap((column) =>
    range(rows).map((row) => {
      const chosen = Math.floor(random() * figures.length);
      if (row >= wovenTo(column)) return '';
      const colour = (column * 2 + Math.floor(row / 2) * 3) % dyes.length;
      const isFigure = (row + column) % 2 === 0;
      const id = isFigure ? `f${chosen}${colour}` : row % 4 < 2 ? `b${colour}` : `p${(column * 2 + 1) % dyes.length}`;
      return use(id, { x: column * size, y: row * size, width: size, height: size });
    }),
  );
  const seams = range(columns - 1).map(
    (column) => `M${(column + 1) * size} 0v${Math.min(rows, Math.max(wovenTo(column), wovenTo(column + 1))) * size}`,
  );
  return strips.join('') + line(seams.join(''), black, 5);
}

/** Threads still waiting for the weft, dark enough for words to lie over them. */
function warp(columns: number, height: number, size: number, wovenTo: (column: number) => number): string {
  const threads = ['#5d4310', '#4d1217', '#0c3a25', '#4a3a22'];
  return range(columns)
    .flatMap((column) => {
      const top = wovenTo(column) * size;
      if (top >= height) return [];
      const fringe = range(9).map((thread) => `M${column * size + 8 + thread * (size / 9.6)} ${top}V${height}`);
      return [
        line(fringe.join(''), cycled(threads, column), 2.5),
        rect(column * size + 2, top, size - 4, 9, cream),
        rect(column * size + 2, top + 13, size - 4, 4, gold),
      ];
    })
    .join('');
}

function shuttle(x: number, y: number, length: number): string {
  const half = length / 2;
  const tall = length * 0.1;
  return group(
    { transform: `translate(${x} ${y}) rotate(-7)` },
    line(`M${half} 0C${half + 130} 30 ${half + 160} -70 ${half + 330} -20`, cream, 4),
    path(`M${-half} 0Q0 ${-tall * 2.1} ${half} 0Q0 ${tall * 2.1} ${-half} 0Z`, gold),
    path(`M${-half * 0.46} 0Q0 ${-tall * 1.15} ${half * 0.46} 0Q0 ${tall * 1.15} ${-half * 0.46} 0Z`, black),
    rect(-half * 0.3, -tall * 0.3, half * 0.6, tall * 0.6, crimson),
    ...range(5).map((turn) => rect(-half * 0.26 + turn * half * 0.115, -tall * 0.3, half * 0.04, tall * 0.6, cream)),
    circle(-half * 0.74, 0, tall * 0.16, black),
    circle(half * 0.74, 0, tall * 0.16, black),
  );
}

export function stripWeaveHero(): string {
  const wovenTo = (column: number): number =>
    column < 2 ? 3 : column < 9 ? 3 + Math.floor((column - 1) / 3) : column < 11 ? 6 + (column - 9) : 10;
  return picture(
    1600,
    900,
    'Strips of woven cloth, and the loom still at work',
    cutBlocks(),
    rect(0, 0, 1600, 900, black),
    warp(16, 900, 100, wovenTo),
    cloth(16, 9, 100, wovenTo),
    shuttle(430, 452, 210),
  );
}

export function stripWeavePoster(): string {
  const wovenTo = (column: number): number => (column % 9 < 1 || column > 7 ? 12 : 5);
  const word = { x: 170, width: 740, tracking: 0.8 };
  const first = setWord('ASAASE', { ...word, y: 690 }, [
    { colour: crimson, weight: 2.4, shift: [0.3, 0.34] },
    { colour: gold, weight: 2.4 },
  ]);
  const second = setWord('WEEKEND', { ...word, y: 690 + first.height + 44 }, [{ colour: cream, weight: 2.1 }]);
  return picture(
    1080,
    1350,
    'Asaase Weekend, Accra',
    cutBlocks(),
    rect(0, 0, 1080, 1350, black),
    warp(9, 1350, 120, wovenTo),
    cloth(9, 12, 120, wovenTo),
    rect(130, 660, 820, 690, black, { opacity: '.62' }),
    first.drawn,
    second.drawn,
    setWord('FOOD & DESIGN', { ...word, y: 690 + first.height + second.height + 96 }, [{ colour: green, weight: 1.8 }])
      .drawn,
    setWord('ACCRA', { ...word, y: 1206, width: 300 }, [{ colour: gold, weight: 1.9 }]).drawn,
    shuttle(740, 1246, 240),
  );
}
