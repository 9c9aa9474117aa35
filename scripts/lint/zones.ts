/**
 * Who may import whom: the one place that says it. A file is in the first zone whose pattern matches its path; the pattern's
 * captured group is the owner (the object's folder, the audience), and files of one zone and one owner may always import
 * one another.
 */

export type Zone =
  | 'shared'
  | 'd1 queries'
  | 'd1'
  | 'object client'
  | 'object'
  | 'objects common'
  | 'local'
  | 'catalogue'
  | 'ui browser'
  | 'browser'
  | 'env'
  | 'services'
  | 'keys'
  | 'routes'
  | 'operations'
  | 'http'
  | 'ui'
  | 'payments'
  | 'messaging'
  | 'background'
  | 'audience'
  | 'composition'
  | 'built'
  | 'scripts'
  | 'test';

export const ZONES: readonly (readonly [Zone, RegExp])[] = [
  ['shared', /^shared\//],
  ['d1 queries', /^d1\/queries\//],
  ['d1', /^d1\//],
  ['objects common', /^durable-objects\/(?:common\/|[^/]+$)/],
  ['object client', /^durable-objects\/([^/]+)\/client\.ts$/],
  ['object', /^durable-objects\/([^/]+)\//],
  ['local', /^workers\/local\//],
  ['catalogue', /^workers\/ui\/messages\//],
  ['ui browser', /^workers\/ui\/client\//],
  ['browser', /^workers\/([^/]+)\/client\//],
  ['env', /^workers\/env\.ts$/],
  ['routes', /^workers\/routes\.ts$/],
  ['services', /^workers\/services\.ts$/],
  ['keys', /^workers\/keys\//],
  ['operations', /^workers\/operations\//],
  ['http', /^workers\/http\//],
  ['ui', /^workers\/ui\//],
  ['payments', /^workers\/payments\//],
  ['messaging', /^workers\/messaging\//],
  ['background', /^workers\/background\//],
  ['audience', /^workers\/(storefront|account|wallet|gate|studio|pos|support|partner|webhooks)\//],
  ['composition', /^workers\/(?:index|app|worker|adapters)\.tsx?$/],
  ['built', /^\.build\//],
  ['scripts', /^scripts\//],
  ['test', /^test\//],
];

export interface Permission {
  /** Zones it may import, besides its own; 'anything' has no bounds. */
  readonly from: readonly Zone[] | 'anything';
  /** Zones it may name in `import type` only: erased before anything runs, so no code travels. */
  readonly types?: readonly Zone[];
  /** As `types`, where the imported file has the same owner. */
  readonly ownTypes?: readonly Zone[];
  /** As `from`, where the imported file has the same owner. */
  readonly own?: readonly Zone[];
  /** Packages it may import; any, when absent. */
  readonly packages?: readonly string[];
  /** File endings it may not import. */
  readonly notEndings?: readonly string[];
}

export const PERMISSIONS: Readonly<Record<Zone, Permission>> = {
  shared: { from: [], packages: ['valibot'] },
  d1: { from: ['shared', 'd1 queries'] },
  'd1 queries': { from: ['shared', 'd1'] },

  object: { from: ['shared', 'objects common', 'object client'] },
  // A client is what others see of its object, so it may name the object's own types and message schemas.
  'object client': { from: ['shared', 'objects common'], own: ['object'] },
  'objects common': { from: ['shared', 'object client'] },

  audience: {
    from: ['operations', 'http', 'ui', 'catalogue', 'env', 'routes', 'd1 queries', 'shared'],
    types: ['services', 'object client'],
  },
  operations: {
    from: [
      ...(['object client', 'd1', 'd1 queries', 'payments', 'messaging', 'keys'] as const),
      ...(['shared', 'catalogue', 'services', 'env', 'routes'] as const),
    ],
    // What pages show is shaped here and drawn there.
    types: ['ui'],
  },
  // A balance is a way to pay, and the ledger is in D1.
  payments: { from: ['shared', 'd1', 'd1 queries', 'env', 'routes'] },
  messaging: { from: ['catalogue', 'shared', 'env'], types: ['ui'] },
  // Adapters of the cryptography ports that shared/ names.
  keys: { from: ['shared'] },
  background: {
    from: [
      ...(['operations', 'd1', 'd1 queries', 'object client', 'messaging', 'payments', 'keys'] as const),
      ...(['shared', 'services', 'env', 'routes'] as const),
    ],
  },
  http: { from: ['ui', 'catalogue', 'd1 queries', 'keys', 'shared', 'env', 'routes'], types: ['services'] },
  // The built manifest tells pages the hashed names of the assets they link.
  ui: { from: ['http', 'catalogue', 'shared', 'env', 'routes', 'built'] },
  built: { from: [] },
  // Every string people read: pages, mails and islands alike take theirs from here.
  catalogue: { from: ['shared'] },
  // Bindings name the classes and the messages they carry, as types.
  env: { from: ['shared', 'object client'], types: ['object', 'background', 'messaging'] },
  // Hands the adapters of one environment to the use cases.
  services: { from: ['shared', 'd1', 'd1 queries', 'object client', 'payments', 'messaging', 'keys', 'env'] },
  routes: { from: ['shared'] },

  browser: { from: ['shared', 'catalogue', 'ui browser'], ownTypes: ['audience'] },
  'ui browser': { from: ['shared', 'catalogue'], ownTypes: ['ui'] },

  composition: {
    from: [
      ...([
        'shared',
        'd1',
        'd1 queries',
        'object',
        'object client',
        'objects common',
        'env',
        'routes',
        'services',
        'keys',
      ] as const),
      ...(['audience', 'operations', 'payments', 'messaging', 'background', 'http', 'ui', 'catalogue'] as const),
    ],
  },
  // Sandboxes, mailbox and demo sign-ins. Nobody may import them, which is what keeps them out of the deployed bundle.
  local: { from: 'anything' },
  // Node strips types but cannot read JSX: a script that reaches a .tsx file would die at its first line.
  scripts: { from: 'anything', notEndings: ['.tsx'] },
  test: { from: 'anything' },
};
