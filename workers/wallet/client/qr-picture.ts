import { encodeQR } from 'qr';
import { element, svgElement } from './elements.ts';

/** Modules of white around a code; scanners ask for four (ISO/IEC 18004). */
const quietZone = 4;

/** A QR code that can be drawn anew. Black on white in every theme: scanners read light, not design. */
export type QrPicture = { readonly root: HTMLElement; readonly show: (code: string) => void };

export function qrPicture(label: string): QrPicture {
  const ink = svgElement('path', { fill: '#000' });
  const paper = svgElement('rect', { width: '100%', height: '100%', fill: '#fff' });
  const drawing = svgElement('svg', { 'shape-rendering': 'crispEdges', 'aria-hidden': 'true' }, paper, ink);
  const root = element('div', { class: 'qr', role: 'img', 'aria-label': label });
  root.append(drawing);
  const show = (code: string): void => {
    const rows = encodeQR(code, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: quietZone });
    drawing.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
    ink.setAttribute('d', rows.map(runsOf).join(''));
  };
  return { root, show };
}

/** A row's dark modules, each run of them one rectangle: cells drawn apart would show hairs of white between them. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    const width = x + 1 - from;
    path += `M${from} ${y}h${width}v1h-${width}z`;
  }
  return path;
}
