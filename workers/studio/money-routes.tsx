import { Hono } from 'hono';
import { businessesWhere } from '#shared/access/permissions.ts';
import { businessNames } from '#d1/queries/team.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { earningsOf, exportEarnings, moneyOf, type EarningsView } from '#workers/operations/present-earnings.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { EarningsPage, MoneyPage } from './pages/money.tsx';
import { toolsOf } from './tools-of.ts';

/** What businesses earn and are paid out: their own finance people, and the platform's. */
export const studioMoney = new Hono<AppEnv>()
  .get(routes.studioMoney, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const reach = businessesWhere(person.memberships, 'finance.read');
    const [names, dues] = await Promise.all([
      businessNames(services.db, reach.everywhere ? undefined : reach.businessIds),
      moneyOf(services, person),
    ]);
    const [only, ...others] = names;
    if (only === undefined) return refuse(c, { code: 'not_permitted' });
    if (others.length === 0) return c.redirect(pathTo('studioMoneyOf', { businessId: only.id }), 303);
    const businesses = names.map((name) => ({
      ...name,
      dues: dues.filter(({ businessId }) => businessId === name.id),
    }));
    return c.html(<MoneyPage viewer={viewerOf(c)} tools={toolsOf(person)} businesses={businesses} />);
  })
  .get(routes.studioMoneyOf, async (c) => {
    const earnings = await askedEarnings(c, c.req.param('businessId'));
    const { person } = c.var;
    if (earnings === undefined || person === undefined) return refuse(c, { code: 'not_permitted' });
    return c.html(<EarningsPage viewer={viewerOf(c)} tools={toolsOf(person)} earnings={earnings} />);
  })
  .post(routes.studioMoneyExport, async (c) => {
    const earnings = await askedEarnings(c, c.req.param('businessId'));
    const { person, services } = c.var;
    if (earnings === undefined || person === undefined) return refuse(c, { code: 'not_permitted' });
    return c.body(await exportEarnings(services, person, earnings), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="earnings.csv"',
    });
  });

/** A business nobody has looks like one whose money they may not see. */
async function askedEarnings(c: AppContext, businessId: string): Promise<EarningsView | undefined> {
  const { person, services } = c.var;
  if (person === undefined || !/^\w{1,64}$/.test(businessId)) return undefined;
  const [business] = await businessNames(services.db, [businessId]);
  return business === undefined ? undefined : earningsOf(services, person, business);
}
