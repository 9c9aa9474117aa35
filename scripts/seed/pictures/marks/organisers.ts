import { setWord } from '../lettering.ts';
import { circle, line, path, polygon, range, rect, ring } from '../svg.ts';
import type { Mark } from './mark.ts';

export const organiserMarks: Readonly<Record<string, Mark>> = {
  '247gbs': {
    ground: '#180f3c',
    drawn: () =>
      [118, 94, 70]
        .map((r, index) =>
          path(`M${128 - r} 148A${r} ${r} 0 0 1 ${128 + r} 148Z`, ['#b2356f', '#f67c3a', '#ffd27a'][index] ?? '#fff'),
        )
        .join('') +
      rect(0, 148, 256, 108, '#180f3c') +
      setWord('247', { x: 46, y: 70, width: 164, tracking: 0.9 }, [{ colour: '#180f3c', weight: 2.6 }]).drawn +
      setWord('GBS', { x: 46, y: 162, width: 164, tracking: 1.6 }, [{ colour: '#ffedc7', weight: 2.4 }]).drawn,
  },
  'common-thread': {
    ground: '#fbf1dc',
    drawn: () =>
      rect(40, 40, 88, 88, '#e4572e') +
      rect(128, 40, 88, 88, '#f3a712') +
      rect(40, 128, 88, 88, '#29516d') +
      rect(128, 128, 88, 88, '#d9738f') +
      line('M20 128C60 84 92 172 128 128S196 84 236 128', '#3f1d36', 9, {
        'stroke-dasharray': '20 12',
        'stroke-linecap': 'round',
      }) +
      line('M128 20C84 60 172 92 128 128S84 196 128 236', '#3f1d36', 9, {
        'stroke-dasharray': '20 12',
        'stroke-linecap': 'round',
      }),
  },
  'lagoon-line': {
    ground: '#150726',
    drawn: () =>
      circle(128, 104, 70, '#ff4a1c') +
      ring(128, 104, 54, '#a81f2c', 4) +
      ring(128, 104, 42, '#a81f2c', 4) +
      circle(128, 104, 26, '#ffb41f') +
      circle(128, 104, 6, '#150726') +
      ['#ff7fb2', '#12a574', '#5b2bd1']
        .map((colour, row) =>
          line(
            `M0 ${158 + row * 32}Q32 ${130 + row * 32} 64 ${158 + row * 32}T128 ${158 + row * 32}T192 ${158 + row * 32}T256 ${158 + row * 32}`,
            colour,
            17,
          ),
        )
        .join(''),
  },
  oforiwaa: {
    ground: '#14100c',
    drawn: () =>
      polygon(
        [
          [128, 20],
          [236, 128],
          [128, 236],
          [20, 128],
        ],
        '#f4b21b',
      ) +
      polygon(
        [
          [128, 58],
          [198, 128],
          [128, 198],
          [58, 128],
        ],
        '#c9182b',
      ) +
      polygon(
        [
          [128, 92],
          [164, 128],
          [128, 164],
          [92, 128],
        ],
        '#0b7d49',
      ) +
      circle(128, 128, 12, '#fff3d6') +
      [
        [40, 40],
        [216, 40],
        [40, 216],
        [216, 216],
      ]
        .map(([x = 0, y = 0]) =>
          polygon(
            [
              [x, y - 22],
              [x + 22, y],
              [x, y + 22],
              [x - 22, y],
            ],
            '#fff3d6',
          ),
        )
        .join(''),
  },
  riftworks: {
    ground: '#f9cd92',
    drawn: () =>
      circle(172, 76, 40, '#ee4b2b') +
      ['#d4633a', '#9c3a2f', '#2f7f6d', '#123b38']
        .map((colour, layer) => {
          const y = 104 + layer * 34;
          return path(
            `M0 ${y}H${92 - layer * 14}L${120 - layer * 14} ${y + 30}H${176 + layer * 8}L${200 + layer * 8} ${y + 6}H256V256H0Z`,
            colour,
          );
        })
        .join('') +
      range(3)
        .map((row) => line(`M0 ${228 + row * 12}H256`, '#0b2524', 3))
        .join(''),
  },
};
