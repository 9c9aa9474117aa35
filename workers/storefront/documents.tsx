import { Hono } from 'hono';
import * as v from 'valibot';
import { giveBillingDetails } from '#d1/queries/sellers.ts';
import { billingSchema } from '#shared/documents/billing.ts';
import { readRef } from '#shared/documents/document.ts';
import type { Order } from '#shared/orders/order.ts';
import { fail, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { isGivenTo } from '#workers/http/order-access.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { documentView, orderDocuments as documentsOf } from '#workers/operations/present-documents.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { openOrder } from './order-shown.tsx';
import { OrderDocumentPage, OrderDocumentsPage, type TypedBilling } from './pages/documents.tsx';

const typed = v.optional(v.pipe(v.string(), v.maxLength(2_000)), '');
const formSchema = v.object({ name: typed, address: typed, taxNumber: typed });

/** What sellers wrote about an order, for its buyer: whoever is given it sees none, for prices and names stand there. */
export const orderDocuments = new Hono<AppEnv>()
  .get(routes.orderDocuments, async (c) => {
    const order = await boughtOrder(c, c.req.param('orderId'));
    return order.ok ? draw(c, order.value) : refuse(c, order.failure);
  })
  .post(routes.orderDocuments, async (c) => {
    const order = await boughtOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const form = await parseForm(c, formSchema);
    if (!form.ok) return refuse(c, form.failure);
    const details = v.safeParse(billingSchema, form.value);
    if (!details.success) return draw(c, order.value, form.value);
    const { services } = c.var;
    const { orderId } = order.value;
    const page = pathTo('orderDocuments', { orderId });
    // Only what was paid for has documents to put them on.
    if (!isPaidFor(order.value)) return refuse(c, fail('not_found').failure);
    const given = { ...details.output, givenAtMs: services.clock() };
    if (await giveBillingDetails(services.db, orderId, given)) return c.redirect(`${page}?saved`, 303);
    return refuse(c, fail('billing_details_given').failure, [{ label: messages.documents.title, href: page }]);
  })
  .get(routes.orderDocument, async (c) => {
    const order = await boughtOrder(c, c.req.param('orderId'));
    if (!order.ok) return refuse(c, order.failure);
    const ref = readRef(c.req.param('document'));
    const document = ref && (await documentView(c.var.services, ref));
    // Numbers count up: another order's document must look like none.
    if (document?.orderId !== order.value.orderId) return refuse(c, fail('not_found').failure);
    c.header('Cache-Control', 'no-store');
    return c.html(<OrderDocumentPage viewer={viewerOf(c)} document={document} />);
  });

async function boughtOrder(c: AppContext, orderId: string): Promise<Result<Order, 'order_unknown'>> {
  const order = await openOrder(c, orderId);
  return order.ok && (await isGivenTo(c, order.value)) ? fail('order_unknown') : order;
}

function isPaidFor({ state, snapshot }: Order): boolean {
  return state === 'completed' && snapshot.totalMinor > 0;
}

async function draw(c: AppContext, order: Order, refused?: TypedBilling): Promise<Response> {
  const { orderId } = order;
  const found = await documentsOf(c.var.services, orderId);
  const page = {
    ...found,
    orderId,
    isPaidFor: isPaidFor(order),
    isSaved: c.req.query('saved') !== undefined,
    refused,
  };
  c.header('Cache-Control', 'no-store');
  return c.html(<OrderDocumentsPage viewer={viewerOf(c)} page={page} />, refused === undefined ? 200 : 422);
}
