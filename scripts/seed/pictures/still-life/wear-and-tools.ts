import { setWord } from '../lettering.ts';
import { circle, group, line, path, polygon, range, rect, ring } from '../svg.ts';
import { ellipse, type Thing } from './stage.ts';

export const coat: Thing = ({ main, second, accent, ink }) =>
  line('M400 96V140M400 140L280 190M400 140L520 190', ink, 14) +
  polygon(
    [
      [280, 180],
      [520, 180],
      [650, 300],
      [610, 560],
      [540, 540],
      [560, 690],
      [240, 690],
      [260, 540],
      [190, 560],
      [150, 300],
    ],
    main,
  ) +
  polygon(
    [
      [340, 180],
      [400, 300],
      [460, 180],
    ],
    '#fff3dd',
  ) +
  polygon(
    [
      [330, 178],
      [280, 186],
      [360, 330],
      [400, 290],
    ],
    second,
  ) +
  polygon(
    [
      [470, 178],
      [520, 186],
      [440, 330],
      [400, 290],
    ],
    second,
  ) +
  line('M400 296V690', ink, 5) +
  [360, 440, 520, 600].map((y) => circle(426, y, 11, accent)).join('') +
  [
    [276, 520],
    [452, 520],
  ]
    .map(([x = 0, y = 0]) => rect(x, y, 76, 90, second) + rect(x, y, 76, 16, ink))
    .join('') +
  rect(276, 370, 66, 70, second);

export const scarf: Thing = ({ main, second, accent, ink }) =>
  path('M250 250C250 150 550 150 550 250C550 350 250 350 250 250Z', main) +
  path('M300 250C310 200 490 200 500 250C490 290 310 290 300 250Z', ink) +
  polygon(
    [
      [290, 300],
      [410, 320],
      [380, 660],
      [250, 650],
    ],
    main,
  ) +
  polygon(
    [
      [430, 320],
      [530, 290],
      [590, 600],
      [470, 620],
    ],
    second,
  ) +
  range(6)
    .map((row) =>
      polygon(
        [
          [286 - row * 5, 350 + row * 50],
          [406 - row * 4, 366 + row * 50],
          [404 - row * 4, 384 + row * 50],
          [284 - row * 5, 368 + row * 50],
        ],
        row % 2 === 0 ? accent : second,
      ),
    )
    .join('') +
  line(
    'M252 650V700M280 654V706M308 656V708M336 658V710M364 660V710M474 620L480 672M506 614L514 664M540 608L550 656M574 602L586 650',
    ink,
    9,
  );

export const hat: Thing = ({ main, second, ink }) =>
  path('M220 520C220 300 280 190 360 196Q400 216 440 196C520 190 580 300 580 520Z', main) +
  path('M222 440H578L582 530H218Z', second) +
  rect(540, 430, 30, 120, ink, { transform: 'rotate(12 555 490)' }) +
  ellipse(400, 560, 320, 78, main) +
  path('M80 560A320 78 0 0 0 720 560A320 58 0 0 1 80 560Z', ink, { opacity: '.35' });

export const wrapper: Thing = ({ main, second, accent, ink }) =>
  [0, 1, 2]
    .map((fold) =>
      path(
        `M${150 + fold * 16} ${640 - fold * 130}h470q40 0 40 -60t-40 -60H${190 + fold * 16}q-40 0 -40 60t0 60Z`,
        fold % 2 === 0 ? main : second,
      ),
    )
    .join('') +
  [0, 1, 2]
    .map((fold) =>
      range(6)
        .map((spot) =>
          ring(240 + spot * 66 + fold * 12, 580 - fold * 130, 20, fold % 2 === 0 ? accent : main, 7, {
            'stroke-dasharray': '9 5',
          }),
        )
        .join(''),
    )
    .join('') +
  rect(370, 250, 74, 410, ink, { opacity: '.9' }) +
  rect(382, 250, 50, 410, accent);

export const lamp: Thing = ({ main, second, accent, ink }) =>
  circle(400, 300, 240, second, { opacity: '.4' }) +
  path('M280 240A120 120 0 0 1 520 240V330H280Z', second) +
  path('M300 330H500L520 380H280Z', ink) +
  rect(376, 380, 48, 200, ink) +
  ellipse(400, 640, 170, 44, ink) +
  ellipse(400, 620, 170, 44, main) +
  polygon(
    [
      [306, 600],
      [494, 600],
      [530, 636],
      [270, 636],
    ],
    accent,
  ) +
  line('M353 600L335 636M400 600V636M447 600L465 636M290 618H510', '#fff6e4', 4);

export const survey: Thing = ({ main, second, accent, ink }) =>
  range(3)
    .map(
      (house) =>
        rect(110 + house * 200, 440, 190, 240, house % 2 === 0 ? main : second) +
        polygon(
          [
            [100 + house * 200, 440],
            [205 + house * 200, 310],
            [310 + house * 200, 440],
          ],
          ink,
        ) +
        polygon(
          [
            [150 + house * 200, 420],
            [205 + house * 200, 350],
            [260 + house * 200, 420],
          ],
          accent,
        ) +
        rect(150 + house * 200, 500, 44, 60, '#fff2c4') +
        rect(220 + house * 200, 500, 44, 60, '#fff2c4') +
        rect(182 + house * 200, 600, 50, 80, ink),
    )
    .join('') +
  circle(600, 180, 84, main) +
  line(
    'M600 60V30M600 330V300M480 180H450M750 180H720M515 95L494 74M706 286L685 265M515 265L494 286M706 74L685 95',
    main,
    14,
    { 'stroke-linecap': 'round' },
  );

export const crate: Thing = ({ main, second, accent, ink }) =>
  [
    [260, 400],
    [380, 370],
    [510, 396],
  ]
    .map(
      ([x = 0, y = 0]) =>
        path(`M${x - 76} ${y + 60}V${y - 60}a76 70 0 0 1 152 0V${y + 60}Z`, second) +
        line(`M${x - 40} ${y - 70}L${x - 14} ${y - 100}M${x} ${y - 80}L${x + 26} ${y - 110}`, '#fff1cd', 10),
    )
    .join('') +
  [0, 1, 2].map((slat) => rect(150, 440 + slat * 82, 500, 66, main)).join('') +
  rect(176, 430, 34, 260, ink) +
  rect(590, 430, 34, 260, ink) +
  [470, 552, 634].map((y) => circle(193, y, 8, accent) + circle(607, y, 8, accent)).join('');

export const neonLetter: Thing = ({ main, ink }) => {
  const tube = (colour: string, weight: number): string =>
    setWord('A', { x: 262, y: 150, width: 276, cap: 'round', join: 'round' }, [
      { colour: 'none', weight: 2 },
      { colour, weight },
    ]).drawn;
  return (
    rect(220, 656, 360, 40, ink, { rx: 8 }) +
    line('M320 656V600M480 656V600', ink, 14) +
    tube(`${main}44`, 2.6) +
    tube(main, 1.3) +
    tube('#fff', 0.42)
  );
};

export const synth: Thing = ({ main, second, accent, ink }) =>
  polygon(
    [
      [120, 690],
      [180, 430],
      [640, 430],
      [700, 690],
    ],
    ink,
  ) +
  polygon(
    [
      [140, 670],
      [192, 440],
      [628, 440],
      [680, 670],
    ],
    main,
  ) +
  range(4)
    .map(
      (knob) =>
        circle(260 + knob * 94, 500, 32, ink) +
        line(`M${260 + knob * 94} 500L${278 + knob * 94} ${478 + (knob % 2) * 40}`, accent, 8),
    )
    .join('') +
  range(9)
    .map((key) => rect(196 + key * 46, 570, 38, 80, key % 3 === 1 ? ink : '#fff6e4'))
    .join('') +
  line('M260 440C220 280 420 330 380 190S560 170 600 90', second, 16, { 'stroke-linecap': 'round' }) +
  line('M540 440C620 340 480 300 560 220', accent, 16, { 'stroke-linecap': 'round' });

export const robot: Thing = ({ main, second, accent, ink }) =>
  range(7)
    .map((row) =>
      polygon(
        [
          [370 + row * 9, 560],
          [379 + row * 9, 560],
          [80 + row * 100, 800],
          [-20 + row * 100, 800],
        ],
        row % 2 === 0 ? second : ink,
      ),
    )
    .join('') +
  rect(230, 380, 340, 170, main, { rx: 26 }) +
  rect(230, 380, 340, 44, accent, { rx: 20 }) +
  circle(290, 600, 84, ink) +
  circle(510, 600, 84, ink) +
  circle(290, 600, 34, accent) +
  circle(510, 600, 34, accent) +
  rect(386, 270, 28, 110, ink) +
  circle(400, 240, 60, '#fff6e4') +
  circle(412, 240, 28, ink) +
  line('M230 480L150 540V620', ink, 18);

export const probe: Thing = ({ main, second, accent, ink }) =>
  rect(0, 560, 800, 240, ink) +
  [40, 240, 560, 690].map((x, index) => circle(x, 640 + index * 34, 16, second)).join('') +
  polygon(
    [
      [370, 300],
      [430, 300],
      [430, 690],
      [400, 740],
      [370, 690],
    ],
    '#f3efe2',
  ) +
  line('M370 600H430M370 640H430', main, 10) +
  rect(320, 180, 160, 150, main, { rx: 34 }) +
  circle(400, 254, 34, accent) +
  line('M250 180A200 200 0 0 1 550 180M190 130A270 270 0 0 1 610 130', accent, 16, { 'stroke-linecap': 'round' }) +
  path(
    'M560 560C560 480 600 440 660 430C664 500 630 550 560 560ZM560 560C556 500 520 470 470 470C474 520 510 560 560 560Z',
    second,
  );

export const jembe: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(24 400 420)' },
    rect(384, 110, 34, 600, main, { rx: 14 }),
    rect(384, 560, 34, 20, accent),
    rect(366, 120, 70, 90, ink, { rx: 10 }),
    path('M366 130H250Q190 150 176 300L330 270Q350 210 366 200Z', second),
    path('M176 300L330 270L326 290L174 322Z', '#eef1f2'),
  );

export const seeds: Thing = ({ main, second, accent, ink }) =>
  polygon(
    [
      [130, 690],
      [170, 420],
      [630, 420],
      [670, 690],
    ],
    main,
  ) +
  range(3)
    .map((row) =>
      range(4)
        .map((column) => {
          const x = 226 + column * 116;
          const y = 470 + row * 78;
          const colour = [accent, second, ink, '#fff6e4'][(row + column) % 4] ?? accent;
          return (
            rect(x - 48, y - 30, 96, 62, '#00000022') +
            range(5)
              .map((seed) => ellipse(x - 30 + seed * 15, y - 8 + (seed % 2) * 18, 9, 13, colour))
              .join('')
          );
        })
        .join(''),
    )
    .join('') +
  path(
    'M400 420C390 330 320 290 250 290C262 370 320 410 400 420ZM400 420C404 300 470 230 570 220C570 330 500 410 400 420Z',
    second,
  ) +
  line('M400 420Q392 350 330 320M400 420Q430 320 520 268', ink, 7);

export const handbook: Thing = ({ main, second, accent, ink }) =>
  rect(190, 130, 420, 560, ink, { rx: 36 }) +
  rect(212, 160, 376, 480, '#fff6e4', { rx: 10 }) +
  rect(212, 160, 376, 190, main) +
  circle(400, 255, 64, second) +
  ring(400, 255, 40, accent, 10) +
  [400, 440, 480, 520, 560]
    .map((y, index) => rect(250, y, [300, 270, 300, 210, 250][index] ?? 240, 16, index === 0 ? accent : '#cbbfa6'))
    .join('') +
  circle(400, 664, 13, '#fff6e4');

export const bottle: Thing = ({ main, second, accent, ink }) =>
  rect(362, 120, 76, 70, ink, { rx: 8 }) +
  path('M372 190H428V250Q520 280 520 380V640Q520 680 480 680H320Q280 680 280 640V380Q280 280 372 250Z', main) +
  rect(280, 420, 240, 160, '#fff6e4') +
  [340, 400, 460].map((x) => ring(x, 500, 28, second, 12)).join('') +
  rect(280, 580, 240, 16, accent) +
  rect(304, 330, 18, 310, '#fff', { opacity: '.35', rx: 9 });

export const comb: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(-14 400 400)' },
    path('M240 180Q400 90 560 180V330H240Z', main),
    range(9)
      .map((tooth) => rect(244 + tooth * 36, 320, 22, 260, main, { rx: 10 }))
      .join(''),
    circle(400, 230, 46, second),
    ring(400, 230, 28, accent, 8),
  ) + line('M120 690q40 -60 80 0t80 0t80 0t80 0t80 0t80 0t80 0', ink, 16, { 'stroke-linecap': 'round' });

export const fieldNotes: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(-6 400 400)' },
    rect(170, 150, 460, 520, '#fff6e4'),
    range(10)
      .map((row) => line(`M170 ${200 + row * 46}H630`, '#d9d0ba', 3))
      .join(''),
    path('M230 560L330 420L420 480L560 260', 'none', { stroke: main, 'stroke-width': 16, 'stroke-linejoin': 'round' }),
    [
      [230, 560],
      [330, 420],
      [420, 480],
      [560, 260],
    ]
      .map(([x = 0, y = 0]) => circle(x, y, 20, accent))
      .join(''),
    rect(170, 150, 460, 34, ink),
    ring(540, 560, 54, second, 12),
  );
