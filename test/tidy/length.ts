import type { SourceFile } from './source-tree.ts';
import { nameOf, parse, type SyntaxNode, walk } from './syntax.ts';

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 69;

/** Prose in the shape of code: what it says decides its length. */
export function isContent(path: string): boolean {
  return /^(?:scripts\/seed\/content|workers\/ui\/messages)\//.test(path);
}

export function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}

export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => !isContent(path) && lineCount(text) > MAX_FILE_LINES)
    .map(({ path, text }) => `${path}: ${lineCount(text)} lines`);
}

export function medianLength(files: readonly SourceFile[]): number {
  const lengths = files.map(({ text }) => lineCount(text)).toSorted((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

export function longFunctions(file: SourceFile): string[] {
  if (isContent(file.path)) return [];
  const found: string[] = [];
  walk(parse(file), (node, around) => {
    if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    if (isSuite(around.at(-1))) return;
    const lines = lineCount(file.text.slice(node.start, node.end));
    const line = lineCount(file.text.slice(0, node.start));
    if (lines > MAX_FUNCTION_LINES) found.push(`${file.path}:${line}: ${lines} lines`);
  });
  return found;
}

/** A `describe` is a chapter of tests, each a function of its own; its length says nothing. */
function isSuite(parent: SyntaxNode | undefined): boolean {
  return parent?.type === 'CallExpression' && nameOf(parent['callee']) === 'describe';
}
