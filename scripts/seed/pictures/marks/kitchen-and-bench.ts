import { circle, line, path, polygon, range, rect, ring } from '../svg.ts';
import type { Mark } from './mark.ts';

export const kitchenAndBench: Readonly<Record<string, Mark>> = {
  'adunni-pepper': {
    ground: '#d7261e',
    drawn: () =>
      path(
        'M96 92C58 100 44 150 74 190C98 222 150 226 168 196C132 208 104 186 112 150C116 128 126 112 138 102Z',
        '#ffd34e',
      ) +
      path('M128 104C176 96 214 130 206 178C202 202 182 220 158 222C182 196 176 150 128 128Z', '#fff3d6') +
      path(
        'M92 98C96 78 116 70 128 76C126 58 138 44 156 40L164 54C150 58 144 68 146 82C154 88 156 100 148 108Z',
        '#12663d',
      ),
  },
  'salt-lane': {
    ground: '#17456b',
    drawn: () =>
      path('M48 150A80 80 0 0 1 208 150Z', '#f0b763') +
      range(3)
        .map((cut) => line(`M${84 + cut * 36} 130L${104 + cut * 36} 92`, '#17456b', 9, { 'stroke-linecap': 'round' }))
        .join('') +
      line(
        'M36 176Q59 160 82 176T128 176T174 176T220 176M36 204Q59 188 82 204T128 204T174 204T220 204',
        '#fdf3dd',
        10,
        { 'stroke-linecap': 'round' },
      ),
  },
  'tidewater-tea': {
    ground: '#0f5a55',
    drawn: () =>
      path('M58 112H182V138A62 62 0 0 1 58 138Z', '#f2e6c9') +
      line('M182 122H196A20 20 0 0 1 196 162H176', '#f2e6c9', 12) +
      line('M58 138Q78 122 98 138T138 138T182 138', '#0f5a55', 7) +
      path('M120 104C92 92 92 62 114 38C122 62 148 70 140 104Z', '#9ad0a1') +
      line('M118 56L128 104', '#0f5a55', 4) +
      rect(58, 214, 124, 10, '#f2e6c9'),
  },
  'kiln-and-copper': {
    ground: '#2b3440',
    drawn: () =>
      path('M76 70H180V168A36 36 0 0 1 144 204H112A36 36 0 0 1 76 168Z', '#e9e2d3') +
      path('M76 70H180V122Q154 142 128 122T76 126Z', '#c5562c') +
      line('M180 96H192A26 26 0 0 1 192 148H180', '#e9e2d3', 13) +
      rect(76, 62, 104, 12, '#8f3a1c'),
  },
  'hollow-oak': {
    ground: '#e9dcc0',
    drawn: () =>
      [104, 84, 64, 44, 24]
        .map((r, index) => ring(128, 128, r, index % 2 === 0 ? '#6b4423' : '#a8753f', index % 2 === 0 ? 9 : 6))
        .join('') + path('M128 62A26 34 0 0 1 136 128L140 226H116L120 128A26 34 0 0 1 128 62Z', '#3c2412'),
  },
  sunloft: {
    ground: '#ffc629',
    drawn: () =>
      path('M20 190L128 82L236 190V214H20Z', '#1d3c6e') +
      polygon(
        [
          [128, 100],
          [184, 156],
          [156, 184],
          [100, 128],
        ],
        '#ffc629',
      ) +
      line('M114 114L170 170M142 114L114 142M156 128L128 156M170 142L142 170', '#1d3c6e', 5) +
      path('M92 58A36 36 0 0 1 164 58Z', '#e5532d'),
  },
  cartwheel: {
    ground: '#e8452c',
    drawn: () =>
      ring(70, 170, 38, '#fff4df', 11) +
      ring(188, 170, 38, '#fff4df', 11) +
      line('M70 170L98 108H150L188 170M98 108L124 170L150 108M150 108L144 84H164M88 108H110', '#fff4df', 9, {
        'stroke-linejoin': 'round',
      }) +
      rect(160, 96, 60, 40, '#1c2f6b') +
      circle(70, 170, 8, '#ffc629') +
      circle(188, 170, 8, '#ffc629'),
  },
  'brightwell-neon': {
    ground: '#120b22',
    drawn: () => {
      const tube = 'M82 48V208M82 48H134A38 38 0 0 1 134 124H82M134 124H140A42 42 0 0 1 140 208H82';
      return (
        line(tube, '#5a1238', 26, { 'stroke-linecap': 'round' }) +
        line(tube, '#ff2f6d', 13, { 'stroke-linecap': 'round' }) +
        line(tube, '#ffd7e2', 4, { 'stroke-linecap': 'round' })
      );
    },
  },
  'sweetsop-pantry': {
    ground: '#f7c948',
    drawn: () =>
      circle(128, 142, 76, '#1f6b43') +
      range(5)
        .map((row) =>
          range(5)
            .map((column) =>
              (row === 0 || row === 4) && (column === 0 || column === 4)
                ? ''
                : path(
                    `M${58 + column * 28} ${84 + row * 28 + (column % 2) * 6}a14 14 0 0 0 28 0Z`,
                    row % 2 === 0 ? '#8fc15a' : '#5aa34a',
                  ),
            )
            .join(''),
        )
        .join('') +
      path('M128 70Q120 40 150 26Q152 52 136 70Z', '#8c2f1b'),
  },
  'ngong-forge': {
    ground: '#22252b',
    drawn: () =>
      path(
        'M40 112H176Q206 112 222 94V132Q196 150 160 150L168 180H188V204H76V180H96L104 150Q60 146 40 112Z',
        '#d9d4c7',
      ) + line('M92 84L72 52M124 78V38M156 84L178 52', '#ff7a1a', 13, { 'stroke-linecap': 'round' }),
  },
};
