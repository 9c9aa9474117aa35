import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { PERMISSIONS, ZONES, type Zone } from './zones.ts';

/** One import as written: paths relative to the repository's root, with forward slashes. */
export interface ImportSite {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

interface Place {
  readonly zone: Zone;
  readonly owner: string | undefined;
}

const manifest = join(import.meta.dirname, '../../package.json');
const { imports } = JSON.parse(readFileSync(manifest, 'utf8')) as { imports: Record<string, string> };
/** '#shared/' -> 'shared/', from package.json, so that the rule follows what Node resolves. */
const SUBPATHS = Object.entries(imports).map(
  ([key, path]) => [key.replace('*', ''), path.slice(2).replace('*', '')] as const,
);

function placeOf(path: string): Place | undefined {
  for (const [zone, pattern] of ZONES) {
    const match = pattern.exec(path);
    if (match) return { zone, owner: match[1] };
  }
  return undefined;
}

/** The imported file's path, or the package's name. */
function resolve({ file, specifier }: ImportSite): { path: string } | { packageName: string } {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(file), specifier) };
  const subpath = SUBPATHS.find(([prefix]) => specifier.startsWith(prefix));
  if (subpath) return { path: subpath[1] + specifier.slice(subpath[0].length) };
  const depth = specifier.startsWith('@') ? 2 : 1;
  return { packageName: specifier.split('/').slice(0, depth).join('/') };
}

function isAllowed(from: Place, to: Place, typeOnly: boolean): boolean {
  const sameOwner = from.owner === to.owner;
  if (sameOwner && from.zone === to.zone) return true;
  const permission = PERMISSIONS[from.zone];
  if (permission.from === 'anything' || permission.from.includes(to.zone)) return true;
  if (sameOwner && permission.own?.includes(to.zone)) return true;
  if (!typeOnly) return false;
  return Boolean(permission.types?.includes(to.zone) || (sameOwner && permission.ownTypes?.includes(to.zone)));
}

/** Why this import is not allowed; undefined when it is. */
export function importFault(site: ImportSite): string | undefined {
  const from = placeOf(site.file);
  if (!from) {
    const isOurs = SUBPATHS.some(([, folder]) => site.file.startsWith(folder));
    return isOurs ? `${posix.dirname(site.file)} is in no zone: give it one in scripts/lint/zones.ts` : undefined;
  }
  const { packages, notEndings, from: allowed } = PERMISSIONS[from.zone];
  const target = resolve(site);
  if ('packageName' in target) {
    if (target.packageName.startsWith('#')) return `package.json knows no subpath ${target.packageName}`;
    if (!packages || packages.includes(target.packageName)) return undefined;
    return `${from.zone} may import no package but ${packages.join(', ')}`;
  }
  const top = (path: string) => path.split('/')[0] ?? '';
  const hasSubpath = SUBPATHS.some(([, folder]) => target.path.startsWith(folder));
  if (site.specifier.startsWith('.') && hasSubpath && top(target.path) !== top(site.file)) {
    return `another top-level folder is imported by its subpath (#shared/…), not by a relative path`;
  }
  const ending = notEndings?.find((end) => target.path.endsWith(end));
  if (ending) return `${from.zone} may not import ${ending} files`;
  const to = placeOf(target.path);
  if (!to) return allowed === 'anything' ? undefined : `${from.zone} may not import ${target.path}`;
  if (isAllowed(from, to, site.typeOnly)) return undefined;
  const asValue = isAllowed(from, to, true) ? ' other than by `import type`' : '';
  return `${nameOf(from)} may not import ${nameOf(to)}${asValue} (scripts/lint/zones.ts)`;
}

function nameOf({ zone, owner }: Place): string {
  return owner ? `${zone} ${owner}` : zone;
}

interface LintNode {
  readonly source?: { readonly value?: unknown } | null;
  readonly importKind?: string;
  readonly exportKind?: string;
}
interface LintContext {
  readonly cwd: string;
  readonly filename: string;
  report(problem: { node: unknown; message: string }): void;
}

function create(context: LintContext) {
  const file = posix.relative(context.cwd.replaceAll('\\', '/'), context.filename.replaceAll('\\', '/'));
  const check = (node: LintNode) => {
    const specifier = node.source?.value;
    if (typeof specifier !== 'string') return;
    const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
    const message = importFault({ file, specifier, typeOnly });
    if (message) context.report({ node: node.source, message });
  };
  return {
    ImportDeclaration: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    ImportExpression: check,
    TSImportType: (node: LintNode) => check({ ...node, source: node.source ?? null, importKind: 'type' }),
  };
}

// oxlint loads a plugin by its default export.
export default { meta: { name: 'house' }, rules: { 'import-directions': { create } } };
