/**
 * Reads our own pages the way a person without JavaScript does: headings, links and forms. Not a parser for any HTML:
 * ours is well-formed, and elements asked for by name never contain themselves.
 */
export type PageElement = { readonly attributes: Readonly<Record<string, string>>; readonly inner: string };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const voidElements = new Set(['input', 'img', 'link', 'meta']);

/** Every element of a name, in order, as it stands in the page. */
export function elementsOf(page: string, name: string): PageElement[] {
  const pattern = voidElements.has(name)
    ? new RegExp(`<${name}\\b([^>]*)>()`, 'g')
    : new RegExp(`<${name}\\b([^>]*)>(.*?)</${name}>`, 'gs');
  return [...page.matchAll(pattern)].map(([, attributes = '', inner = '']) => ({
    attributes: attributesOf(attributes),
    inner,
  }));
}

/** What is read, without what is only drawn. */
export function textOf(html: string): string {
  return unescape(html.replaceAll(/<(style|script|svg)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim();
}

export function headingOf(page: string): string {
  return textOf(elementsOf(page, 'h1')[0]?.inner ?? '').replaceAll(/\s+/g, ' ');
}

/** A form by where it leads, with the values it would send if nobody touched it. */
export function formTo(page: string, action: string): { method: string; fields: Record<string, string> } {
  const form = elementsOf(page, 'form').find(({ attributes }) => attributes['action'] === action);
  if (form === undefined) throw new Error(`The page has no form to ${action}`);
  // As a browser does: of several radio buttons the pressed one, and no box that is not ticked.
  const isSent = ({ type = '', checked }: Readonly<Record<string, string>>) =>
    !['radio', 'checkbox'].includes(type) || checked !== undefined;
  const sent = elementsOf(form.inner, 'input').filter(({ attributes }) => isSent(attributes));
  const inputs = sent.map(({ attributes }) => [attributes['name'], attributes['value'] ?? '']);
  // An untouched list of quantities stands at its first entry.
  const lists = elementsOf(form.inner, 'select').map(({ attributes }) => [attributes['name'], '0']);
  const named = [...inputs, ...lists].filter((field): field is [string, string] => field[0] !== undefined);
  return { method: form.attributes['method'] ?? 'get', fields: Object.fromEntries(named) };
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
