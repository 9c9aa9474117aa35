import { globSync, readFileSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const root = join(import.meta.dirname, '../..');

const TEXT = /\.(?:ts|tsx|mts|mjs|js|json|jsonc|css|html|md|toml|sql|yml|yaml)$|(?:^|\/)(?:\.gitignore|run)$/;

/** Every text file that belongs to the repository. Walked rather than asked of git, which a fresh machine may not have. */
export function sourceTree(): SourceFile[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const patterns = ['.git', ...ignored.map((line) => line.replace(/\/$/, ''))];
  // As in .gitignore: a pattern with a slash is anchored at the root, one without applies at any depth.
  const isIgnored = (path: string) =>
    patterns.some((pattern) => matchesGlob(path, pattern.includes('/') ? pattern : `**/${pattern}`));
  return globSync(['**', '.*', '.*/**'], { cwd: root, exclude: isIgnored })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path, index, all) => all.indexOf(path) === index && TEXT.test(path) && statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function isCode({ path }: SourceFile): boolean {
  return /\.(?:ts|tsx|mts|mjs|css)$/.test(path) && !/\.d\.m?ts$/.test(path);
}
