import { parseAst } from 'vitest/node';
import type { SourceFile } from './source-tree.ts';

/** A syntax node, as far as the rules here look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Vite's parser, which vitest re-exports: TypeScript 7 has no stable one. */
export function parse({ path, text }: SourceFile): SyntaxNode {
  // oxlint-disable-next-line typescript/no-deprecated -- its successor parseSync is not re-exported
  return parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown as SyntaxNode;
}

/** Calls `visit` on the node and everything in it, outermost first, with the nodes around each, innermost last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, around: readonly SyntaxNode[]) => void,
  around: readonly SyntaxNode[] = [],
): void {
  visit(node, around);
  const inner = [...around, node];
  for (const child of Object.values(node).flat()) {
    if (isNode(child)) walk(child, visit, inner);
  }
}

export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : undefined;
}
