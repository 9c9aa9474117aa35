import { setWord } from '../lettering.ts';
import {
  circle,
  defs,
  element,
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
  stripes,
} from '../svg.ts';

/** The print fair: three inks, overprinted and a little out of register, on uncoated stock. */
const stock = '#f5efe0';
const pink = '#ff4fa3';
const blue = '#1c4fd6';
const yellow = '#ffd91f';
const deep = '#141a4d';

function inks(): string {
  return defs(
    halftone('pink-fine', pink, 14, 0.62, 45),
    halftone('blue-fine', blue, 18, 0.6, 15),
    halftone('blue-coarse', blue, 34, 0.74, 15),
    stripes('yellow-rule', yellow, 26, 0.5, 45),
    stripes('blue-rule', blue, 16, 0.36, 0),
  );
}

function ink(...children: string[]): string {
  return group(overprint, ...children);
}

/** The cross and circle by which each drum is lined up, printed by both of them. */
function register(x: number, y: number): string {
  const mark = (colour: string, dx: number): string =>
    element('path', {
      d: `M${x + dx - 24} ${y}h48M${x + dx} ${y - 24}v48`,
      stroke: colour,
      'stroke-width': 2.5,
      fill: 'none',
    }) + ring(x + dx, y, 13, colour, 2.5);
  return ink(mark(pink, 0)) + ink(mark(blue, 3));
}

function colourBar(x: number, y: number, size: number): string {
  return (
    ink(...range(3).map((index) => rect(x + index * size, y, size, size, yellow))) +
    ink(...range(3).map((index) => rect(x + (index + 1) * size, y, size, size, pink))) +
    ink(...range(3).map((index) => rect(x + (index + 2) * size, y, size, size, blue)))
  );
}

/** A sheet lifting off the drum, its corner already curling. */
function sheet(x: number, y: number, width: number, height: number, fill: string): string {
  const curl = width * 0.26;
  return (
    path(`M${x} ${y}h${width}v${height - curl}l${-curl} ${curl}h${curl - width}Z`, fill) +
    path(`M${x + width} ${y + height - curl}h${-curl}v${curl}Z`, fill, { opacity: '.6' })
  );
}

export function risoOverprintHero(): string {
  const letters = (colour: string, x: number, y: number): string =>
    setWord('OFF', { x, y, width: 560, tracking: 0.9 }, [{ colour, weight: 3 }]).drawn +
    setWord('SET', { x, y: y + 372, width: 560, tracking: 0.9 }, [{ colour, weight: 3 }]).drawn;
  return picture(
    1600,
    900,
    'Three inks overprinted: discs, sheets and big letters, slightly out of register',
    inks(),
    rect(0, 0, 1600, 900, stock),
    ink(
      circle(1210, 390, 360, yellow),
      rect(620, 60, 230, 230, yellow),
      polygon(
        [
          [60, 400],
          [330, 60],
          [600, 400],
        ],
        'url(#yellow-rule)',
      ),
    ),
    ink(
      circle(820, 480, 300, 'url(#pink-fine)'),
      path('M1600 900V420A480 480 0 0 0 1120 900Z', pink),
      circle(180, 190, 120, pink),
    ),
    ink(letters(blue, 924, 66)),
    ink(
      rect(330, 60, 270, 250, 'url(#blue-rule)'),
      circle(735, 175, 96, 'url(#blue-coarse)'),
      sheet(590, 330, 230, 280, 'url(#blue-fine)'),
    ),
    ink(line('M40 336H300M40 356H260M40 376H220', blue, 6)),
    rect(0, 460, 800, 440, pink),
    rect(0, 472, 788, 428, deep),
    register(846, 850),
    register(1556, 46),
    colourBar(884, 838, 24),
  );
}

export function risoOverprintPoster(): string {
  const word = (colour: string, x: number, y: number): string =>
    setWord('OFF', { x, y, width: 900, tracking: 0.8 }, [{ colour, weight: 3.1 }]).drawn +
    setWord('SET', { x, y: y + 590, width: 900, tracking: 0.8 }, [{ colour, weight: 3.1 }]).drawn;
  return picture(
    1080,
    1350,
    'Offset: print and paper fair',
    inks(),
    rect(0, 0, 1080, 1350, stock),
    ink(
      circle(680, 470, 400, yellow),
      polygon(
        [
          [0, 1350],
          [0, 800],
          [550, 1350],
        ],
        'url(#yellow-rule)',
      ),
    ),
    ink(circle(330, 760, 350, 'url(#pink-fine)'), path('M1080 640V1240A600 600 0 0 1 480 640Z', pink)),
    ink(word(blue, 90, 76)),
    ink(circle(900, 180, 130, 'url(#blue-coarse)')),
    setWord('PRINT & PAPER LEEDS', { x: 90, y: 1262, width: 700, tracking: 2.4 }, [{ colour: deep, weight: 2 }]).drawn,
    colourBar(850, 1272, 30),
    register(1040, 40),
  );
}
