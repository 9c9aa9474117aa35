import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFault } from '#scripts/lint/import-directions.ts';

type Site = [file: string, specifier: string, kind?: 'type'];

const ALLOWED: Site[] = [
  ['shared/pricing/quote.ts', '../money/money.ts'],
  ['shared/pricing/quote.ts', '#shared/result.ts'],
  ['shared/pricing/quote.ts', 'valibot'],
  ['d1/queries/events.ts', '../schema/events.ts'],
  ['d1/schema/events.ts', 'drizzle-orm/sqlite-core'],
  ['durable-objects/event-inventory/holds.ts', './schema.ts'],
  ['durable-objects/event-inventory/object.ts', './migrations/0001.sql'],
  ['durable-objects/order-desk/object.ts', '#objects/event-inventory/client.ts'],
  ['durable-objects/order-desk/object.ts', '../event-inventory/client.ts'],
  ['durable-objects/order-desk/object.ts', '#objects/common/group-commit.ts'],
  ['durable-objects/order-desk/client.ts', './object.ts', 'type'],
  ['workers/gate/routes.ts', '#workers/operations/admit-ticket.ts'],
  ['workers/gate/routes.ts', '#d1/queries/events.ts'],
  ['workers/gate/routes.ts', './page.tsx'],
  ['workers/gate/client/scanner.ts', '../messages.ts', 'type'],
  ['workers/gate/client/scanner.ts', '#workers/ui/client/socket.ts'],
  ['workers/gate/client/scanner.ts', '#shared/tickets/code.ts'],
  ['workers/operations/place-order.ts', '#objects/order-desk/client.ts'],
  ['workers/operations/place-order.ts', '../payments/port.ts'],
  ['workers/background/queue.ts', '#workers/operations/settle-payment.ts'],
  ['workers/env.ts', '#objects/order-desk/object.ts', 'type'],
  ['workers/index.ts', '#objects/order-desk/object.ts'],
  ['workers/local/index.ts', '../index.ts'],
  ['workers/ui/assets.ts', '../../.build/asset-manifest.json'],
  ['workers/gate/client/scanner.ts', '#workers/ui/messages/en.ts'],
  ['workers/messaging/templates/receipt.tsx', '#workers/ui/messages/en.ts'],
  ['workers/services.ts', '#workers/keys/ticket-keys.ts'],
  ['scripts/journey.ts', '#workers/routes.ts'],
  ['test/workers/gate.test.ts', '#workers/local/mailbox.ts'],
];

const REFUSED: Site[] = [
  ['shared/pricing/quote.ts', '#d1/queries/events.ts'],
  ['shared/pricing/quote.ts', '#d1/queries/events.ts', 'type'],
  ['shared/pricing/quote.ts', 'node:crypto'],
  ['shared/tickets/verify.ts', '@noble/ed25519'],
  ['shared/pricing/quote.ts', '../../package.json'],
  ['d1/queries/events.ts', '#workers/env.ts'],
  ['durable-objects/order-desk/object.ts', '#objects/event-inventory/object.ts'],
  ['durable-objects/order-desk/object.ts', '../event-inventory/schema.ts'],
  ['durable-objects/order-desk/object.ts', '#workers/payments/port.ts'],
  ['durable-objects/order-desk/object.ts', '#d1/queries/orders.ts'],
  ['durable-objects/order-desk/client.ts', '#objects/event-inventory/object.ts', 'type'],
  ['workers/gate/routes.ts', '#workers/wallet/page.tsx'],
  ['workers/gate/routes.ts', '../wallet/page.tsx'],
  ['workers/gate/routes.ts', '#objects/event-inventory/client.ts'],
  ['workers/gate/routes.ts', '#d1/schema/events.ts'],
  ['workers/gate/client/scanner.ts', '../messages.ts'],
  ['workers/gate/client/scanner.ts', '#workers/wallet/pages.ts', 'type'],
  ['workers/gate/client/scanner.ts', '#workers/wallet/client/key.ts'],
  ['workers/gate/client/scanner.ts', '#workers/ui/layout.tsx'],
  ['workers/ui/layout.tsx', '#d1/queries/events.ts'],
  ['workers/operations/place-order.ts', '#workers/storefront/routes.ts'],
  ['workers/payments/stripe.ts', '../messaging/port.ts'],
  ['workers/env.ts', '#objects/order-desk/object.ts'],
  ['workers/index.ts', './local/index.ts'],
  ['workers/http/session.ts', '#workers/local/demo-sign-in.ts'],
  ['workers/http/session.ts', '#workers/services.ts'],
  ['workers/http/session.ts', '../../shared/time.ts'],
  ['workers/no-such-zone/page.ts', '#shared/time.ts'],
  ['workers/http/session.ts', '#elsewhere/time.ts'],
  ['scripts/journey.ts', '#workers/ui/layout.tsx'],
];

const faultOf = ([file, specifier, kind]: Site) => importFault({ file, specifier, typeOnly: kind === 'type' });

describe('import directions', () => {
  it.each(ALLOWED)('%s may import %s %s', (...site) => expect(faultOf(site)).toBeUndefined());
  it.each(REFUSED)('%s may not import %s %s', (...site) => expect(faultOf(site)).toBeTypeOf('string'));

  it('says when `import type` would do', () => {
    const fault = faultOf(['workers/gate/client/scanner.ts', '../messages.ts']);
    expect(fault).toContain('other than by `import type`');
  });

  it('is a rule that oxlint runs, on every form of import', () => {
    const lines = oxlintReports(
      [
        "import { a } from '#d1/queries/events.ts';",
        "export { b } from '#d1/queries/events.ts';",
        "export * from '#d1/queries/events.ts';",
        "export type C = import('#d1/queries/events.ts').C;",
        "export const d = [a, await import('#d1/queries/events.ts')];",
        "export type { Result } from '#shared/result.ts';",
      ].join('\n'),
    );
    expect(lines).toEqual([1, 2, 3, 4, 5]);
  });
});

/** Line numbers of what the rule reports in a file of `shared/`. */
function oxlintReports(text: string): number[] {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'import-directions-'));
  try {
    const plugin = join(root, 'scripts/lint/import-directions.ts');
    const config = {
      jsPlugins: [plugin],
      categories: { correctness: 'off' },
      rules: { 'house/import-directions': 'error' },
    };
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared/rule.ts'), text);
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format=unix'], { cwd: folder, encoding: 'utf8' });
    return [...stdout.matchAll(/^shared\/rule\.ts:(\d+):/gm)]
      .map((match) => Number(match[1]))
      .toSorted((a, b) => a - b);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
