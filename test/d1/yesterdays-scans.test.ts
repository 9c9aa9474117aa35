import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { environment } from '#test/support/environment.ts';

type Migration = { readonly name: string; readonly queries: readonly string[] };
const { TEST_MIGRATIONS: migrations } = env as unknown as { TEST_MIGRATIONS: readonly Migration[] };

/** Without the marks drizzle leaves between statements. */
const bare = (query: string) => query.replaceAll(/^-->.*$/gm, '').trim();

/** Statements of the migrations up to a name, or from it on, that are about one table; under a name of the test's own. */
function statements(table: string, as: string, isMeant: (name: string) => boolean): string[] {
  const about = new RegExp(`^(CREATE TABLE|ALTER TABLE) [\`"]${table}[\`"]`);
  return migrations
    .filter(({ name }) => isMeant(name))
    .flatMap(({ queries }) => queries.map(bare).filter((query) => about.test(query)))
    .map((query) => query.replace(about, `$1 "${as}"`));
}

// A schema change opens yesterday's data.
it('scans read before exits were kept are entries that nobody took back', async () => {
  const { DB } = environment;
  const as = 'yesterdays_scans';
  const isOld = (name: string) => name < '0005';
  for (const query of statements('scans', as, isOld)) await DB.prepare(query).run();
  await DB.prepare(
    `INSERT INTO ${as} (event_id, seq, at_ms, scan_id, gate_id, device_id, staff_id, method, outcome, reason, ticket_id)
     VALUES ('evt', 1, 2, 'scan', 'gate', 'dev', 'per', 'code', 'grant', 'admitted', 'tkt')`,
  ).run();
  for (const query of statements('scans', as, (name) => !isOld(name))) await DB.prepare(query).run();
  expect(await DB.prepare(`SELECT * FROM ${as}`).first()).toMatchObject({
    scan_id: 'scan',
    direction: 'in',
    undone_at_ms: null,
  });
});
