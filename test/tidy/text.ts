import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceFile } from './source-tree.ts';

/** Relative links of a Markdown page that lead nowhere. */
export function deadLinks({ path, text }: SourceFile, root: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const referenced = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...referenced]
    .map((match) => match[1] ?? '')
    .filter((link) => link !== '' && !/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(link))
    .filter((link) => {
      const target = decodeURI(link.replace(/[#?].*$/, ''));
      return !existsSync(target.startsWith('/') ? join(root, target) : join(root, dirname(path), target));
    })
    .map((link) => `${path}: ${link}`);
}

/** Names that say nothing about what is inside. */
export function vagueNames(paths: readonly string[]): string[] {
  return paths.filter((path) => /(?:^|[-_./])(?:utils?|helpers?|managers?)(?:[-_./]|$)/i.test(path));
}

// Written in two halves, here and below, so that this file passes its own rules.
const UNFINISHED = new RegExp(String.raw`\b(?:TO${'DO'}|FIX${'ME'})\b`);

export function unfinishedNotes(file: SourceFile): string[] {
  return matchingLines(file, UNFINISHED);
}

const REGISTRY = String.raw`registry\.(?:npmjs|yarnpkg|npmmirror)\.|https?://[^/\s"']*(?:artifactory|verdaccio|nexus|jfrog)|"resolved"\s*:`;
const MACHINE_PATH = String.raw`(?<![\w.~-])/(?:work|root|tmp|home|Users)/`;

/** Lines that name a package registry or a path of one machine, which is wrong or private everywhere else. */
export function machineTraces(file: SourceFile, registryUrl: string | undefined): string[] {
  const host = registryUrl && URL.canParse(registryUrl) ? new URL(registryUrl).host : undefined;
  const parts = [REGISTRY, MACHINE_PATH, ...(host ? [host.replaceAll('.', String.raw`\.`)] : [])];
  return matchingLines(file, new RegExp(parts.join('|')));
}

function matchingLines({ path, text }: SourceFile, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
}

/** Queries that go through rows to say how many there are. */
export function countingQueries({ path, text }: SourceFile): string[] {
  return [...text.matchAll(/\b(?:SELECT|select)\b[^;`']*\b(?:COUNT|SUM|TOTAL)\s*\(/gi)].map(
    ([query]) => `${path}: ${query}`,
  );
}
