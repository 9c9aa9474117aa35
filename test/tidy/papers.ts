import { existsSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import type { SourceFile } from './source-tree.ts';

/** Files and folders that a Markdown page names, by the end of their path or a pattern, and the tree does not have. */
export function missingFiles({ path: page, text }: SourceFile, paths: readonly string[], root: string): string[] {
  const isThere = (name: string) =>
    name.includes('*')
      ? paths.some((path) => matchesGlob(path, `**/${name}{,/**}`))
      : paths.some((path) => `/${path}/`.includes(`/${name}/`)) || existsSync(join(root, name));
  return [...text.matchAll(/`([\w.*-][\w./*-]*)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => name.includes('/') || /\.(?:tsx?|mjs|jsonc?|md|css|sql|toml)$/.test(name))
    .filter((name) => !isThere(name.replace(/\/$/, '')))
    .map((name) => `${page}: ${name}`);
}

/** Commands that a Markdown page names and `package.json` does not have. */
export function missingCommands({ path, text }: SourceFile, scripts: Readonly<Record<string, string>>): string[] {
  return [...text.matchAll(/npm run ([\w:]+)/g)].flatMap(([command, name = '']) =>
    name in scripts ? [] : [`${path}: ${command}`],
  );
}

/** Requirements that have more than one row of their own in a table: what proves one is said in one place. */
export function requirementsTwice(text: string): string[] {
  const rows = [...text.matchAll(/^\| (\d+(?:\.\d+)?(?:\/\d+)?)(?![.\d])/gm)].map(([, id = '']) => id);
  return rows.filter((id, index) => rows.indexOf(id) !== index);
}
