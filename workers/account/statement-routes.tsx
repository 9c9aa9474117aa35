import { Hono } from 'hono';
import * as v from 'valibot';
import { currencies } from '#shared/money/money.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { statementCsv, statementView } from '#workers/operations/present-statement.ts';
import { routes } from '#workers/routes.ts';
import { StatementPage } from './pages/statement.tsx';
import { viewersAccount } from './viewers-account.ts';

const unit = v.picklist([...currencies, 'PTS']);
const pageSchema = v.object({
  unit: v.optional(unit),
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
});
const exportSchema = v.object({ unit });

/** A customer's money and points. No address here names a customer: there is no other statement to ask for. */
export const statement = new Hono<AppEnv>()
  .get(routes.accountStatement, async (c) => {
    const asked = parseWith(pageSchema, c.req.query());
    if (!asked.ok) return refuse(c, asked.failure);
    const customer = await customerOf(c);
    if (customer === undefined) return refuse(c, fail('sign_in_required').failure);
    const { unit: chosen, before } = asked.value;
    const view = await statementView(c.var.services, customer.id, chosen, before);
    return c.html(<StatementPage viewer={viewerOf(c)} statement={view} isFirst={before === undefined} />);
  })
  .get(routes.accountStatementExport, async (c) => {
    const asked = parseWith(exportSchema, c.req.query());
    if (!asked.ok) return refuse(c, asked.failure);
    const customer = await customerOf(c);
    if (customer === undefined) return refuse(c, fail('sign_in_required').failure);
    const csv = await statementCsv(c.var.services, customer.id, asked.value.unit);
    return c.body(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="statement-${asked.value.unit.toLowerCase()}.csv"`,
    });
  });

/** Whose statement it is; without an address there is no pseudonym, and nothing on any account. */
async function customerOf(c: AppContext): Promise<{ id: string | undefined } | undefined> {
  const account = await viewersAccount(c);
  if (account === undefined) return undefined;
  const { customerId } = await ownerOf(c.var.services, { personId: account.id, email: account.email });
  return { id: customerId };
}
