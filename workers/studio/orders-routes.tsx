import { Hono } from 'hono';
import * as v from 'valibot';
import { readAudit } from '#d1/queries/audit-log.ts';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { namesOf } from '#d1/queries/team.ts';
import { businessesWhere, may } from '#shared/access/permissions.ts';
import { refundReasons } from '#shared/orders/refund.ts';
import { isDisputed } from '#shared/orders/dispute.ts';
import type { Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseWith } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { linesToRefund, refundByOrganiser, type OrganiserRefund } from '#workers/operations/refund-by-organiser.ts';
import { findOrdersOfSellers, openOrderOfSeller, type SellersOrder } from '#workers/operations/studio-orders.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { typedAmount } from './amount.ts';
import { OrderDeskPage, type PartToRefund } from './pages/order-desk.tsx';
import { OrdersPage } from './pages/orders.tsx';
import { toolsOf } from './tools-of.ts';

const words = messages.sellerOrders.refund;

const searchSchema = v.object({ sought: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(254)) });
const orderId = v.pipe(v.string(), v.regex(/^ord_\w{1,60}$/));
const lineId = /^\w{1,40}$/;
const historyMax = 20;

const aboutSchema = {
  key: v.pipe(v.string(), v.uuid()),
  seen: v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)),
  of: v.pipe(v.string(), v.regex(/^\w{1,64}$/)),
  to: v.picklist(['source', 'wallet']),
  reason: v.picklist(refundReasons),
};
/** Beside these, a form has a number for each line: `q_l1`. */
const linesSchema = v.looseObject({
  ...aboutSchema,
  fee: v.optional(v.picklist(['none', 'kept']), 'none'),
  used: v.optional(v.literal('yes')),
  shelf: v.optional(v.literal('yes')),
});
const pleaseSchema = v.object({ ...aboutSchema, line: v.pipe(v.string(), v.regex(lineId)), amount: typedAmount });
const quantity = v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number));

/** Orders as their sellers see them. A search is posted: an address belongs in no URL. */
export const studioOrders = new Hono<AppEnv>()
  .get(routes.studioOrders, (c) => {
    const { person } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    return c.html(<OrdersPage viewer={viewerOf(c)} tools={toolsOf(person)} sought="" found={undefined} />);
  })
  .post(routes.studioOrders, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const form = await parseForm(c, searchSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { sought } = form.value;
    const found = await findOrdersOfSellers(services, person, sought);
    return c.html(<OrdersPage viewer={viewerOf(c)} tools={toolsOf(person)} sought={sought} found={found} />);
  })
  .get(routes.studioOrder, async (c) => {
    const { person } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const opened = await openAsked(c, person);
    return opened.ok ? draw(c, person, opened.value, {}) : refuse(c, opened.failure);
  })
  .post(routes.studioOrderRefund, async (c) => {
    const { person } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const page = pathTo('studioOrder', { orderId: c.req.param('orderId') });
    const stop = requireRecentProof(c, page);
    if (stop !== undefined) return stop;
    const opened = await openAsked(c, person);
    if (!opened.ok) return refuse(c, opened.failure);
    const wish = await wishOf(c);
    if ('error' in wish) return draw(c, person, opened.value, wish);
    const done = await refundByOrganiser(c.var.services, person, opened.value.order, wish);
    if (done.ok) return c.redirect(`${page}?did=refunded`, 303);
    const { order } = opened.value;
    const again = await openAsked(c, person);
    return draw(c, person, again.ok ? again.value : { ...opened.value, order }, done);
  });

/** A bad id is an order nobody has. */
function openAsked(c: AppContext, person: SignedIn) {
  const asked = parseWith(orderId, c.req.param('orderId'));
  return openOrderOfSeller(c.var.services, person, asked.ok ? asked.value : '');
}

async function wishOf(c: AppContext): Promise<OrganiserRefund | { error: string }> {
  const please = await parseForm(c, pleaseSchema);
  if (please.ok) {
    const { key, seen, of: inventoryId, to, reason, line, amount: amountMinor } = please.value;
    const lines = [{ lineId: line, quantity: 0, amountMinor }];
    return { key, seen, inventoryId, to, reason, lines, keepsFee: false, withUsed: false, isOnShelf: false };
  }
  const form = await parseForm(c, linesSchema);
  if (!form.ok) return { error: words.pickOne };
  if (typeof form.value['amount'] === 'string') return { error: words.amountError };
  const { key, seen, of: inventoryId, to, reason, fee, used, shelf, ...fields } = form.value;
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    const named = name.startsWith('q_') && lineId.test(name.slice(2));
    const count = parseWith(quantity, value);
    return named && count.ok && count.value > 0 ? [{ lineId: name.slice(2), quantity: count.value }] : [];
  });
  if (lines.length === 0) return { error: words.pickOne };
  return {
    key,
    seen,
    inventoryId,
    to,
    reason,
    lines,
    keepsFee: fee === 'kept',
    withUsed: used === 'yes',
    isOnShelf: shelf === 'yes',
  };
}

async function draw(
  c: AppContext,
  person: SignedIn,
  opened: SellersOrder,
  { failure, error }: { failure?: Failure; error?: string },
): Promise<Response> {
  const { services } = c.var;
  const { memberships } = person;
  const { order, sections } = opened;
  const [lines, history] = await Promise.all([
    linesToRefund(services, order, sections),
    readAudit(
      services.db,
      businessesWhere(memberships, 'order.read'),
      { subjectId: order.orderId },
      { before: undefined, limit: historyMax },
    ),
  ]);
  const done = history.filter(({ action }) => action !== 'order.looked_up');
  const isOpen = order.state === 'completed' && !isDisputed(order);
  const parts: PartToRefund[] = sections.map((section) => ({
    section,
    lines: lines.filter((line) => line.section.inventoryId === section.inventoryId),
    mayRefund: isOpen && may(memberships, 'order.refund', section.businessId),
    mayOverrule: may(memberships, 'order.refund_used', section.businessId),
    freshKeys: [crypto.randomUUID(), crypto.randomUUID()],
  }));
  const problem = failure === undefined ? undefined : problemOf(failure);
  const view = {
    ...opened,
    parts,
    history: done,
    names: await namesOf(
      services.db,
      done.flatMap(({ actorId }) => actorId ?? []),
    ),
    error: error ?? problem?.detail,
    hasDone: error === undefined && problem === undefined && c.req.query('did') === 'refunded',
  };
  const status = error === undefined ? (problem?.status ?? 200) : 422;
  return c.html(<OrderDeskPage viewer={viewerOf(c)} tools={toolsOf(person)} view={view} />, status);
}
