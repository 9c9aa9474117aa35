/** The few SVG elements our pictures are cut from. Coordinates are kept to a tenth, so that files stay small. */

type Attributes = Readonly<Record<string, string | number>>;

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : value}"`)
    .join('');
  return children.length > 0 ? `<${name}${written}>${children.join('')}</${name}>` : `<${name}${written}/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}): string {
  return element('rect', { x, y, width, height, fill, ...more });
}

export function circle(cx: number, cy: number, r: number, fill: string, more: Attributes = {}): string {
  return element('circle', { cx, cy, r, fill, ...more });
}

export function ring(cx: number, cy: number, r: number, stroke: string, width: number, more: Attributes = {}): string {
  return circle(cx, cy, r, 'none', { stroke, 'stroke-width': width, ...more });
}

export function path(d: string, fill: string, more: Attributes = {}): string {
  return element('path', { d, fill, ...more });
}

export function line(d: string, stroke: string, width: number, more: Attributes = {}): string {
  return path(d, 'none', { stroke, 'stroke-width': width, ...more });
}

export function polygon(points: readonly (readonly [number, number])[], fill: string, more: Attributes = {}): string {
  return path(`M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`, fill, more);
}

export function group(attributes: Attributes, ...children: string[]): string {
  return element('g', attributes, ...children, '');
}

export function use(id: string, attributes: Attributes = {}): string {
  return element('use', { href: `#${id}`, ...attributes });
}

export function defs(...children: string[]): string {
  return element('defs', {}, ...children);
}

export function clip(id: string, shape: string): string {
  return element('clipPath', { id }, shape);
}

/** A screen of dots: `density` is the share of each cell's width that its dot fills. */
export function halftone(id: string, colour: string, cell: number, density: number, angle = 30): string {
  return element(
    'pattern',
    { id, width: cell, height: cell, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${angle})` },
    circle(cell / 2, cell / 2, (cell * density) / 2, colour),
  );
}

export function stripes(id: string, colour: string, cell: number, share: number, angle: number): string {
  return element(
    'pattern',
    { id, width: cell, height: cell, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${angle})` },
    rect(0, 0, cell, cell * share, colour),
  );
}

/** Ink on ink, as a second drum prints over the first. */
export const overprint: Attributes = { style: 'mix-blend-mode:multiply' };

export function picture(width: number, height: number, title: string, ...children: string[]): string {
  const body = [element('title', {}, escapeText(title)), ...children].join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The item at an index that may run past the end: palettes repeat. */
export function cycled<T>(items: readonly T[], index: number): T {
  const item = items[((index % items.length) + items.length) % items.length];
  if (item === undefined) throw new RangeError('Nothing to choose from');
  return item;
}
