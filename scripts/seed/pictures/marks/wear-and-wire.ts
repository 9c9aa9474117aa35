import { circle, element, line, path, polygon, range, rect, ring } from '../svg.ts';
import type { Mark } from './mark.ts';

export const wearAndWire: Readonly<Record<string, Mark>> = {
  'loomhouse-nine': {
    ground: '#24308f',
    drawn: () =>
      range(3)
        .map((row) =>
          range(3)
            .map((column) => {
              const x = 47 + column * 58;
              const y = 47 + row * 58;
              const isOver = (row + column) % 2 === 0;
              return isOver
                ? rect(x, y, 46, 46, '#f3e9d2')
                : range(3)
                    .map((bar) => rect(x + bar * 17, y, 12, 46, '#e9a13b'))
                    .join('');
            })
            .join(''),
        )
        .join(''),
  },
  'marlow-reyes': {
    ground: '#f0c9b8',
    drawn: () =>
      path('M72 158C72 92 92 62 118 66Q128 74 138 66C164 62 184 92 184 158Z', '#3b1f2b') +
      path('M71 134H185L186 160H70Z', '#d4482f') +
      element('ellipse', { cx: 128, cy: 166, rx: 104, ry: 22, fill: '#3b1f2b' }),
  },
  ledgerling: {
    ground: '#0e7c66',
    drawn: () =>
      path('M60 52H196V212L179 196L162 212L145 196L128 212L111 196L94 212L77 196L60 212Z', '#f6f2e4') +
      rect(82, 80, 60, 12, '#0e7c66') +
      rect(82, 108, 44, 12, '#0e7c66') +
      rect(82, 136, 52, 12, '#0e7c66') +
      line('M146 128L162 146L190 104', '#ff7f32', 14, { 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }),
  },
  roundpot: {
    ground: '#f26b3a',
    drawn: () =>
      range(8)
        .map((seat) =>
          circle(
            128 + Math.cos((seat * Math.PI) / 4) * 86,
            128 + Math.sin((seat * Math.PI) / 4) * 86,
            19,
            seat === 6 ? '#ffe08a' : '#5a1a3c',
          ),
        )
        .join('') +
      path('M84 112H172Q184 166 148 182H108Q72 166 84 112Z', '#fff0da') +
      rect(78, 98, 100, 16, '#5a1a3c'),
  },
  'umber-and-rye': {
    ground: '#e8d9bf',
    drawn: () =>
      line('M128 228V60', '#5b3a22', 9) +
      range(5)
        .map((row) => {
          const y = 76 + row * 30;
          return (
            path(
              `M128 ${y + 30}C92 ${y + 26} 84 ${y} 88 ${y - 16}C112 ${y - 8} 126 ${y + 8} 128 ${y + 30}Z`,
              '#b3752f',
            ) +
            path(
              `M128 ${y + 30}C164 ${y + 26} 172 ${y} 168 ${y - 16}C144 ${y - 8} 130 ${y + 8} 128 ${y + 30}Z`,
              '#5b3a22',
            )
          );
        })
        .join('') +
      path('M128 24C144 40 144 62 128 76C112 62 112 40 128 24Z', '#b3752f'),
  },
  crownwell: {
    ground: '#5c2a86',
    drawn: () =>
      range(3)
        .map((row) =>
          range(4)
            .map((column) =>
              ring(62 + column * 44 + (row % 2) * 6, 132 - row * 36, 18, row === 1 ? '#ffb84d' : '#f6d7ff', 9),
            )
            .join(''),
        )
        .join('') +
      path('M40 168H216L204 214H52Z', '#ffb84d') +
      [80, 128, 176].map((x) => circle(x, 191, 9, '#5c2a86')).join(''),
  },
  'little-furrow': {
    ground: '#7a3b1e',
    drawn: () =>
      range(7)
        .map((row) =>
          polygon(
            [
              [128 + (row - 3.5) * 9, 60],
              [128 + (row - 2.5) * 9, 60],
              [128 + (row - 2.5) * 74, 256],
              [128 + (row - 3.5) * 74, 256],
            ],
            row % 2 === 0 ? '#9fc53c' : '#5c2912',
          ),
        )
        .join('') +
      rect(0, 0, 256, 62, '#f7e2b1') +
      rect(82, 92, 92, 56, '#ffc629') +
      circle(104, 152, 24, '#22180f') +
      circle(152, 152, 24, '#22180f') +
      circle(128, 116, 13, '#22180f') +
      line('M128 92V70', '#22180f', 7),
  },
  'second-impression': {
    ground: '#f5efe0',
    drawn: () =>
      element('g', { style: 'mix-blend-mode:multiply' }, rect(46, 46, 122, 122, '#ff4fa3')) +
      element('g', { style: 'mix-blend-mode:multiply' }, circle(150, 150, 70, '#1c4fd6')) +
      element(
        'g',
        { style: 'mix-blend-mode:multiply' },
        polygon(
          [
            [40, 220],
            [128, 84],
            [216, 220],
          ],
          '#ffd91f',
        ),
      ),
  },
  'patchbay-row': {
    ground: '#15181c',
    drawn: () =>
      range(3)
        .map((row) =>
          range(3)
            .map(
              (column) =>
                circle(62 + column * 66, 62 + row * 66, 20, '#e8e2d2') +
                circle(62 + column * 66, 62 + row * 66, 9, '#15181c'),
            )
            .join(''),
        )
        .join('') +
      line('M62 62C62 150 194 30 194 128', '#ff5a36', 12, { 'stroke-linecap': 'round' }) +
      line('M62 194C62 130 128 240 128 128', '#27c4a8', 12, { 'stroke-linecap': 'round' }) +
      line('M194 194Q150 220 128 62', '#ffcf3f', 12, { 'stroke-linecap': 'round' }),
  },
  'volta-indigo': {
    ground: '#f1ead9',
    drawn: () =>
      path('M40 40H216V216H40Z', '#1b2a73') +
      [76, 58, 40, 22]
        .map((r, index) =>
          ring(128, 128, r, index % 2 === 0 ? '#8fa6e0' : '#f1ead9', 7, { 'stroke-dasharray': `${10 + index * 2} 6` }),
        )
        .join('') +
      circle(128, 128, 9, '#f1ead9'),
  },
  'kilimo-sense': {
    ground: '#1f7a4a',
    drawn: () =>
      rect(0, 168, 256, 88, '#5a2e17') +
      polygon(
        [
          [118, 92],
          [138, 92],
          [138, 214],
          [128, 236],
          [118, 214],
        ],
        '#f7efd9',
      ) +
      circle(128, 92, 20, '#ffcc33') +
      line('M88 92A40 40 0 0 1 168 92M64 92A64 64 0 0 1 192 92M40 92A88 88 0 0 1 216 92', '#f7efd9', 9, {
        'stroke-linecap': 'round',
      }),
  },
};
