import { circle, group, line, path, polygon, range, rect, ring } from '../svg.ts';
import { ellipse, type Thing } from './stage.ts';

function oneJar(x: number, base: number, size: number, fill: string, label: string, lid: string): string {
  return [
    path(
      `M${x - size * 0.5} ${base - size * 1.1}q0 ${-size * 0.16} ${size * 0.14} ${-size * 0.18}h${size * 0.72}q${size * 0.14} ${size * 0.02} ${size * 0.14} ${size * 0.18}V${base - size * 0.1}q0 ${size * 0.1} ${-size * 0.1} ${size * 0.1}h${-size * 0.8}q${-size * 0.1} 0 ${-size * 0.1} ${-size * 0.1}Z`,
      fill,
    ),
    rect(x - size * 0.42, base - size * 1.52, size * 0.84, size * 0.26, lid, { rx: 8 }),
    rect(x - size * 0.5, base - size * 0.86, size, size * 0.52, label),
    circle(x, base - size * 0.6, size * 0.15, fill),
    rect(x - size * 0.4, base - size * 1.04, size * 0.07, size * 0.86, '#fff', { opacity: '.35', rx: 6 }),
  ].join('');
}

export const jars: Thing = ({ main, second, accent, ink }) =>
  oneJar(250, 640, 190, main, '#fff3dc', ink) +
  oneJar(560, 640, 190, accent, '#fff3dc', ink) +
  oneJar(405, 676, 220, second, '#fff3dc', ink);

export const tins: Thing = ({ main, second, accent, ink }) =>
  [main, second, accent, ink, main]
    .map((colour, index) => {
      const isBack = index < 3;
      const x = isBack ? 210 + index * 190 : 300 + (index - 3) * 200;
      const base = isBack ? 560 : 676;
      return (
        rect(x - 82, base - 108, 164, 108, colour) +
        ellipse(x, base, 82, 20, colour) +
        ellipse(x, base - 108, 82, 20, '#f7ecd6') +
        ellipse(x, base - 108, 66, 14, colour) +
        rect(x - 82, base - 66, 164, 34, '#f7ecd6')
      );
    })
    .join('');

export const balm: Thing = ({ main, second, accent }) =>
  ellipse(430, 650, 190, 62, accent) +
  rect(240, 596, 380, 54, accent) +
  ellipse(430, 596, 190, 62, '#f3e7cf') +
  ellipse(430, 596, 160, 50, second) +
  path('M330 590Q400 560 470 594T540 586', 'none', {
    stroke: '#fff8e8',
    'stroke-width': 12,
    'stroke-linecap': 'round',
  }) +
  group(
    { transform: 'rotate(-16 250 420)' },
    circle(250, 420, 168, main),
    ring(250, 420, 140, '#f3e7cf', 7),
    line(
      'M250 516V330M250 410Q206 396 200 350Q246 360 250 410M250 410Q294 396 300 350Q254 360 250 410M250 470Q206 456 200 410Q246 420 250 470M250 470Q294 456 300 410Q254 420 250 470',
      '#f3e7cf',
      8,
    ),
  );

export const soap: Thing = ({ main, second, accent, ink }) =>
  polygon(
    [
      [150, 600],
      [270, 500],
      [650, 500],
      [530, 600],
    ],
    accent,
  ) +
  rect(150, 600, 380, 110, main) +
  polygon(
    [
      [530, 600],
      [650, 500],
      [650, 604],
      [530, 710],
    ],
    ink,
  ) +
  path('M220 600L340 500H540L420 600V710H220Z', second) +
  line('M258 634H384M258 662H352M258 686H374', main, 7) +
  [
    [560, 400, 46],
    [468, 340, 28],
    [622, 310, 34],
    [530, 240, 18],
  ]
    .map(([x = 0, y = 0, r = 0]) => ring(x, y, r, '#fff8e8', 7))
    .join('');

export const mugs: Thing = ({ main, second, ink }) =>
  [
    [270, 630, 1],
    [510, 676, 1.14],
  ]
    .map(([x = 0, base = 0, scale = 1]) => {
      const w = 100 * scale;
      const h = 210 * scale;
      return (
        line(
          `M${x + w - 6} ${base - h * 0.78}h${w * 0.32}a${w * 0.42} ${w * 0.42} 0 0 1 0 ${w * 0.95}h${-w * 0.36}`,
          main,
          26 * scale,
        ) +
        path(
          `M${x - w} ${base - h}V${base - w * 0.3}q0 ${w * 0.3} ${w * 0.3} ${w * 0.3}h${w * 1.4}q${w * 0.3} 0 ${w * 0.3} ${-w * 0.3}V${base - h}Z`,
          main,
        ) +
        path(`M${x - w} ${base - h}h${w * 2}v${h * 0.42}q${-w * 0.5} ${h * 0.12} ${-w} 0t${-w} ${h * 0.03}Z`, second) +
        ellipse(x, base - h, w, w * 0.22, ink) +
        ellipse(x, base - h + 4, w * 0.86, w * 0.16, second)
      );
    })
    .join('');

export const bowl: Thing = ({ main, second, accent, ink }) =>
  path('M120 440H680Q660 620 500 668H300Q140 620 120 440Z', main) +
  ellipse(400, 440, 280, 76, second) +
  ellipse(400, 448, 244, 58, ink) +
  path('M132 520Q400 600 668 520L660 548Q400 630 140 548Z', accent) +
  rect(300, 660, 200, 22, ink);

export const spoon: Thing = ({ main, second, accent }) =>
  group(
    { transform: 'rotate(38 400 420)' },
    path('M376 340H424L440 740Q400 772 360 740Z', main),
    ellipse(400, 230, 112, 150, main),
    ellipse(400, 236, 78, 112, second),
    line('M400 400V700M388 420V690M412 420V690', second, 4),
    circle(400, 716, 12, accent),
  );

export const carvingKit: Thing = ({ main, second, accent, ink }) =>
  path('M140 690L200 500H640L690 690Z', second) +
  [250, 370, 490].map((x, index) => rect(x, 470 + index * 4, 78, 190, ink, { rx: 10, opacity: '.28' })).join('') +
  rect(262, 420, 54, 210, main, { rx: 16 }) +
  polygon(
    [
      [266, 420],
      [312, 420],
      [300, 220],
      [282, 200],
    ],
    '#dfe4e8',
  ) +
  rect(382, 420, 54, 210, main, { rx: 16 }) +
  path('M392 420V320Q392 230 470 236Q420 262 426 330V420Z', '#dfe4e8') +
  rect(508, 300, 40, 330, accent, { rx: 18 }) +
  ellipse(528, 260, 62, 84, accent);

export const bunBox: Thing = ({ main, second, accent, ink }) =>
  polygon(
    [
      [140, 520],
      [660, 520],
      [700, 450],
      [100, 450],
    ],
    ink,
  ) +
  [
    [250, 470],
    [400, 452],
    [550, 470],
    [330, 520],
    [480, 520],
  ]
    .map(
      ([x = 0, y = 0]) =>
        path(`M${x - 92} ${y + 30}a92 84 0 0 1 184 0Z`, second) +
        path(`M${x - 60} ${y - 10}q60 -60 120 0`, 'none', {
          stroke: '#ffe3ad',
          'stroke-width': 12,
          'stroke-linecap': 'round',
        }) +
        [
          [-30, -22],
          [4, -34],
          [36, -18],
        ]
          .map(([dx = 0, dy = 0]) => rect(x + dx, y + dy, 9, 9, '#fff'))
          .join(''),
    )
    .join('') +
  polygon(
    [
      [140, 520],
      [660, 520],
      [640, 690],
      [160, 690],
    ],
    main,
  ) +
  rect(300, 560, 200, 88, accent) +
  line('M330 590H470M350 618H450', main, 10);

export const supper: Thing = ({ accent, ink }) =>
  ellipse(400, 620, 300, 84, ink) +
  ellipse(400, 604, 300, 84, '#fff6e2') +
  ellipse(400, 600, 232, 60, '#e5762b') +
  range(26)
    .map((grain) =>
      ellipse(230 + ((grain * 67) % 330), 570 + ((grain * 29) % 60), 13, 5, grain % 3 === 0 ? '#ffd27a' : '#c4401f'),
    )
    .join('') +
  path('M470 590Q560 480 620 560Q600 620 500 620Z', accent) +
  path('M180 590Q200 500 300 540Q290 610 220 620Z', '#1d7a45') +
  [300, 400, 500]
    .map((x) =>
      line(`M${x} 440Q${x - 40} 390 ${x} 340T${x} 240`, '#fff6e2', 14, { 'stroke-linecap': 'round', opacity: '.8' }),
    )
    .join('');

export const cup: Thing = ({ main, second, accent, ink }) =>
  line('M520 470h40a66 66 0 0 1 0 132h-60', main, 30) +
  path('M200 420H540V560Q540 660 440 660H300Q200 660 200 560Z', main) +
  ellipse(370, 420, 170, 40, ink) +
  ellipse(370, 424, 148, 30, second) +
  polygon(
    [
      [470, 690],
      [700, 690],
      [660, 590],
      [520, 600],
    ],
    accent,
  ) +
  line('M500 650H680', '#fff6e2', 12) +
  [320, 400]
    .map((x) =>
      line(`M${x} 370Q${x - 34} 320 ${x} 280T${x} 200`, '#fff6e2', 13, { 'stroke-linecap': 'round', opacity: '.8' }),
    )
    .join('');
