import { circle, group, line, overprint, path, polygon, range, rect, ring } from '../svg.ts';
import { ellipse, type Thing } from './stage.ts';

export const tote: Thing = ({ main, second, accent, ink }) =>
  line('M300 330C300 130 500 130 500 330', main, 30) +
  polygon(
    [
      [190, 320],
      [610, 320],
      [640, 690],
      [160, 690],
    ],
    main,
  ) +
  [150, 112, 76]
    .map((r, index) =>
      path(`M${400 - r} 590A${r} ${r} 0 0 1 ${400 + r} 590Z`, [accent, second, '#ffedc7'][index] ?? second),
    )
    .join('') +
  rect(236, 590, 328, 12, ink) +
  line('M300 590V440M300 440H470M300 450L270 590M470 440V500', ink, 11) +
  rect(448, 500, 44, 30, ink);

export const marketBag: Thing = ({ main, second, accent, ink }) =>
  line('M270 400C270 190 530 190 530 400', ink, 26) +
  path('M150 390H650L600 680Q400 716 200 680Z', main) +
  range(5)
    .map((row) =>
      range(9)
        .map((column) =>
          polygon(
            [
              [176 + column * 52 + row * 5, 430 + row * 50],
              [200 + column * 50 + row * 4, 408 + row * 50],
              [224 + column * 48 + row * 4, 430 + row * 50],
              [200 + column * 50 + row * 4, 452 + row * 50],
            ],
            (row + column) % 3 === 0 ? accent : second,
          ),
        )
        .join(''),
    )
    .join('') +
  rect(146, 376, 508, 26, ink, { rx: 12 });

export const book: Thing = ({ main, second, accent, ink }) =>
  polygon(
    [
      [180, 640],
      [600, 690],
      [640, 660],
      [230, 614],
    ],
    ink,
  ) +
  polygon(
    [
      [180, 616],
      [600, 666],
      [640, 640],
      [230, 590],
    ],
    '#fff6e4',
  ) +
  group(
    { transform: 'rotate(-8 400 400)' },
    rect(230, 150, 360, 470, main),
    rect(230, 150, 44, 470, ink, { opacity: '.3' }),
    circle(432, 350, 120, second),
    path('M312 470A120 120 0 0 1 552 470Z', accent),
    rect(312, 520, 240, 16, '#fff6e4'),
    rect(312, 552, 150, 16, '#fff6e4'),
  );

export const zines: Thing = ({ main, second, accent, ink }) =>
  [
    [-24, 210, second],
    [-8, 270, accent],
    [10, 330, main],
  ]
    .map(([turn, x, colour]) =>
      group(
        { transform: `rotate(${turn} 400 620)` },
        rect(Number(x), 190, 250, 360, String(colour)),
        rect(Number(x) + 26, 226, 198, 150, '#fff6e4'),
        circle(Number(x) + 125, 302, 58, ink),
        rect(Number(x) + 26, 410, 140, 18, ink),
        rect(Number(x) + 26, 444, 90, 18, ink),
      ),
    )
    .join('') +
  polygon(
    [
      [120, 560],
      [680, 560],
      [650, 700],
      [150, 700],
    ],
    ink,
  ) +
  rect(300, 600, 200, 60, '#fff6e4');

export const voucher: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(-10 400 430)' },
    path('M120 290H680V390A40 40 0 0 0 680 470V570H120V470A40 40 0 0 0 120 390Z', main),
    line('M520 300V560', '#fff6e4', 6, { 'stroke-dasharray': '16 14' }),
    path('M220 360H400L380 510H240Z', second),
    path('M230 430H390L380 510H240Z', accent),
    circle(600, 430, 42, ink),
    line('M580 430L596 446L622 414', '#fff6e4', 10),
  );

export const tokens: Thing = ({ main, second, accent, ink }) =>
  [
    [260, 640, main],
    [520, 650, second],
    [390, 560, accent],
    [400, 390, main],
  ]
    .map(([x, y, colour], index) => {
      const [cx, cy] = [Number(x), Number(y)];
      return index < 3
        ? ellipse(cx, cy + 22, 130, 46, ink) +
            ellipse(cx, cy, 130, 46, String(colour)) +
            ellipse(cx, cy, 92, 30, ink) +
            ellipse(cx, cy + 3, 84, 26, String(colour))
        : circle(cx, cy - 100, 150, ink) +
            circle(cx - 8, cy - 106, 150, second) +
            ring(cx - 8, cy - 106, 116, ink, 9) +
            polygon(
              [
                [cx - 8, cy - 190],
                [cx + 66, cy - 106],
                [cx - 8, cy - 22],
                [cx - 82, cy - 106],
              ],
              accent,
            );
    })
    .join('');

export const cashback: Thing = ({ main, second, accent, ink }) =>
  rect(150, 360, 500, 320, ink, { rx: 36 }) +
  rect(150, 380, 500, 300, main, { rx: 36 }) +
  rect(520, 480, 150, 96, second, { rx: 30 }) +
  circle(570, 528, 20, ink) +
  [
    [270, 250, accent],
    [400, 190, second],
    [520, 270, accent],
  ]
    .map(([x, y, colour]) => circle(Number(x), Number(y), 70, String(colour)) + ring(Number(x), Number(y), 50, ink, 7))
    .join('') +
  line('M190 420H500', '#fff6e4', 6, { 'stroke-dasharray': '18 12' });

export const recording: Thing = ({ main, second, accent, ink }) =>
  circle(420, 400, 250, ink) +
  range(6)
    .map((groove) => ring(420, 400, 226 - groove * 22, groove % 2 === 0 ? main : '#ffffff22', 5))
    .join('') +
  circle(420, 400, 92, second) +
  circle(420, 400, 16, ink) +
  rect(110, 300, 300, 400, main) +
  range(9)
    .map((bar) =>
      rect(
        140 + bar * 28,
        500 - ((bar * 53) % 130),
        16,
        ((bar * 53) % 130) * 2 + 20,
        bar % 2 === 0 ? accent : '#fff6e4',
        { rx: 8 },
      ),
    )
    .join('');

export const hour: Thing = ({ main, second, accent, ink }) =>
  rect(240, 640, 320, 44, ink, { rx: 10 }) +
  circle(400, 400, 250, main) +
  circle(400, 400, 200, '#fff6e4') +
  path('M400 400V200A200 200 0 0 1 573 500Z', second) +
  range(12)
    .map((mark) => rect(393, 216, 14, mark % 3 === 0 ? 44 : 24, ink, { transform: `rotate(${mark * 30} 400 400)` }))
    .join('') +
  line('M400 400V258M400 400L486 450', ink, 18, { 'stroke-linecap': 'round' }) +
  circle(400, 400, 22, accent);

export const print: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(5 400 400)' },
    rect(200, 110, 400, 540, '#fffaf0'),
    group(overprint, circle(360, 320, 130, main)),
    group(overprint, circle(450, 400, 130, second)),
    group(
      overprint,
      polygon(
        [
          [240, 560],
          [400, 260],
          [560, 560],
        ],
        accent,
      ),
    ),
    rect(240, 594, 180, 14, ink),
  ) + rect(356, 84, 88, 46, ink);

export const patch: Thing = ({ main, second, accent, ink }) =>
  group(
    { transform: 'rotate(-7 400 400)' },
    rect(160, 170, 480, 480, ink, { rx: 20 }),
    rect(178, 188, 444, 444, main, { rx: 12 }),
    rect(200, 210, 400, 400, 'none', { stroke: '#fff6e4', 'stroke-width': 9, 'stroke-dasharray': '26 16' }),
    path('M270 470V400a130 130 0 0 1 260 0V470Z', second),
    path('M270 470H530L548 540H252Z', accent),
    rect(380, 250, 40, 40, accent),
  );
