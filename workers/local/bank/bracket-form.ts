/** A form's value with Stripe's nesting undone: `a[b]=1` is `{ a: { b: '1' } }`, `a[0]=1` and `a[]=1` are `{ a: ['1'] }`. */
export type Nested = string | readonly Nested[] | { readonly [name: string]: Nested };

type Branch = Map<string, Branch | string>;

/** Keys come from outside, so they are collected in maps: an object would take `__proto__` for its prototype. */
export function unbracket(form: URLSearchParams): Readonly<Record<string, Nested>> {
  const root: Branch = new Map();
  for (const [name, value] of form) {
    const path = name.split(/\[|\]\[|\]$/).filter((part, index, all) => part !== '' || index < all.length - 1);
    place(root, path, value);
  }
  return Object.fromEntries([...root].map(([name, branch]) => [name, grown(branch)]));
}

function place(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(branch.size) : part;
    if (depth === path.length - 1) {
      branch.set(key, value);
      return;
    }
    const known = branch.get(key);
    const next: Branch = known instanceof Map ? known : new Map();
    branch.set(key, next);
    branch = next;
  }
}

function grown(branch: Branch | string): Nested {
  if (typeof branch === 'string') return branch;
  const entries = [...branch].map(([name, inner]) => [name, grown(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
