import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { root } from './source-tree.ts';

/** What is wrong with one folder's migrations: names that are not numbered SQL, numbers used twice or left out. */
export function numberingFaults(paths: readonly string[]): string[] {
  const faults = paths
    .filter((path) => !/^\d{4}_[a-z0-9_-]+\.sql$/.test(basename(path)))
    .map((path) => `${path}: not NNNN_name.sql`);
  const numbers = paths.map((path) => Number.parseInt(basename(path), 10)).toSorted((a, b) => a - b);
  const first = numbers[0] ?? 0;
  if (first > 1) faults.push(`the first number is ${first}`);
  for (const [index, number] of numbers.entries()) {
    const expected = first + index;
    if (number !== expected) return [...faults, `expected number ${expected}, found ${number}`];
  }
  return faults;
}

/**
 * Committed migrations that the work tree changes, moves or removes, from `git diff --name-status`. A database somewhere has
 * already run them as they were: the correction is another migration.
 */
export function rewritten(nameStatus: string): string[] {
  return nameStatus.split('\n').filter((line) => /^[MDRT]\d*\t.*migrations\/[^/]+\.sql/.test(line));
}

export function gitNameStatus(): string {
  const git = spawnSync('git', ['diff', '--name-status', 'HEAD', '--', 'd1', 'durable-objects'], {
    cwd: root,
    encoding: 'utf8',
  });
  return git.status === 0 ? git.stdout : '';
}
