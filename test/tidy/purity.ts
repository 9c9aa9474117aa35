import type { SourceFile } from './source-tree.ts';
import { isNode, nameOf, parse, type SyntaxNode, walk } from './syntax.ts';

/** Clock, randomness, timers and I/O by their global names. A parameter or import of the same name is a port, and fine. */
const IMPURE = new Set(
  [
    'crypto performance fetch console process globalThis self navigator caches Temporal',
    'setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame scheduler',
  ].flatMap((names) => names.split(' ')),
);

/** Where this file reads a clock, rolls dice or reaches outside. */
export function impurities(file: SourceFile): string[] {
  const tree = parse(file);
  const declared = declaredNames(tree);
  const found: string[] = [];
  walk(tree, (node, around) => {
    const what = impurity(node, around, declared);
    if (what) found.push(`${file.path}:${file.text.slice(0, node.start).split('\n').length}: ${what}`);
  });
  return found;
}

function impurity(node: SyntaxNode, around: readonly SyntaxNode[], declared: Set<string>): string | undefined {
  const member = node.type === 'MemberExpression' && `${nameOf(node['object'])}.${nameOf(node['property'])}`;
  if (member === 'Date.now' || member === 'Math.random') return member;
  if (nameOf(node['callee']) === 'Date') {
    // Date(…) without `new` ignores what it is given.
    const isNow = node.type === 'CallExpression' || (node['arguments'] as unknown[]).length === 0;
    return isNow ? 'the current Date' : undefined;
  }
  const name = nameOf(node);
  if (!name || !IMPURE.has(name) || declared.has(name) || isLabel(node, around.at(-1))) return undefined;
  return name;
}

/** `x.fetch` or `{ fetch: … }`: a name of something's part, not the global. */
function isLabel(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return parent?.['computed'] !== true && (parent?.['property'] === node || parent?.['key'] === node);
}

function declaredNames(tree: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const declare = (node: unknown): void => {
    // `name = default`
    const name = nameOf(isNode(node) && node.type === 'AssignmentPattern' ? node['left'] : node);
    if (name) names.add(name);
  };
  walk(tree, (node) => {
    if (node.type === 'VariableDeclarator') declare(node['id']);
    if (/^Import.*Specifier$/.test(node.type)) declare(node['local']);
    for (const parameter of Array.isArray(node['params']) ? node['params'] : []) declare(parameter);
    if (node.type === 'ObjectPattern') for (const part of node['properties'] as SyntaxNode[]) declare(part['value']);
  });
  return names;
}

/** Whether a tsconfig.json lets platform types in. */
export function platformTypes(tsconfig: string): string[] {
  const { types, lib } = (JSON.parse(tsconfig) as { compilerOptions: { types?: string[]; lib?: string[] } })
    .compilerOptions;
  if (!types || !lib) return ['types and lib must both be written down: their defaults let every platform in'];
  return [...types, ...lib.filter((name) => !/^ES\d{4}$/.test(name))];
}
