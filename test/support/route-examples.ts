import { eq } from 'drizzle-orm';
import { documentsOfOrder, issueDocuments } from '#d1/queries/documents.ts';
import { refText, type DocumentFigures } from '#shared/documents/document.ts';
import { disputes, events, orderLines } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { businessId, origin, placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { documentRows } from '#workers/operations/issue-documents.ts';
import { routes, type RouteName } from '#workers/routes.ts';
import { environment } from './environment.ts';
import { db, enrol, newPhone, newWorker, offerScanner } from './staff.ts';

/** What stands in each parameter of an address: a thing that exists, so that a refusal is about who asks. */
export type Examples = Readonly<Record<string, string>>;

export const parametersOf = (name: RouteName): string[] =>
  [...routes[name].matchAll(/:(\w+)/g)].map(([, parameter = '']) => parameter);

export function addressOf(name: RouteName, examples: Examples): string {
  return routes[name].replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, parameter: string) => {
    const example = examples[parameter];
    if (example === undefined) {
      throw new Error(`Say in test/support/route-examples.ts what stands for :${parameter} of ${name}`);
    }
    return example;
  });
}

/** Asked as a program asks, because programs are told the status plainly where people are led on. */
export function call(method: string, path: string, headers: Record<string, string>): Promise<Response> {
  const init = { method, headers: { accept: 'application/json', origin, ...headers } };
  return visit(path, method === 'GET' ? init : { ...init, body: new URLSearchParams({ nothing: '' }) });
}

const pictureKey = 'events/http/hero.svg';

/** A receipt about an order, whatever it cost. As it stands in an address. */
async function exampleDocument(orderId: string): Promise<string> {
  const figures: DocumentFigures = {
    documentId: `${orderId}/sold/${businessId}`,
    about: 'sale',
    sellerId: businessId,
    currency: 'GBP',
    parts: [],
    netMinor: 100,
    taxMinor: 0,
    totalMinor: 100,
    ways: [],
  };
  const [row] = await documentRows(db, [{ figures, suppliedAtMs: 1 }], 1);
  if (row === undefined) throw new Error('One was asked for');
  for (const statement of issueDocuments(db, [row])) await db.batch([statement]);
  const [issued] = await documentsOfOrder(db, orderId);
  if (issued === undefined) throw new Error('It was not issued');
  return refText(issued.document);
}

/** A dispute about an order of this business, as its desk's log would tell it. */
async function disputed(orderId: string): Promise<string> {
  const id = `dp_${orderId}`;
  const line = { lineId: 'example', eventId: '', kind: 'ticket', itemId: 'day', name: 'Day ticket' };
  await db.batch([
    db.insert(orderLines).values({ orderId, businessId, ...line, quantity: 1, totalMinor: 100 }),
    db.insert(disputes).values({
      id,
      orderId,
      gateway: 'stripe',
      currency: 'GBP',
      amountMinor: 100,
      reason: 'fraudulent',
      state: 'open',
      openedAtMs: Date.now(),
    }),
  ]);
  return id;
}

/** An event with an order, a scanner that works and one that was locked. */
export async function exampleSite() {
  const { slug } = await publishEvent();
  const { order, cookie } = await placeOrder(slug);
  await environment.MEDIA.put(pictureKey, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const owner = await newWorker({ businessId, role: 'owner' });
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  const inventory = inventoryOf(environment.EVENT_INVENTORY, event?.id ?? '');
  const scanner = async () => {
    const { token } = await offerScanner(slug, owner.headers, { shared: 'yes' });
    const enrolled = await enrol(token, await newPhone(), { name: undefined });
    const [device] = await inventory.devices();
    return { cookie: enrolled.cookie, deviceId: device?.deviceId ?? '' };
  };
  const locked = await scanner();
  await inventory.revokeDevices([{ deviceId: locked.deviceId, staffId: owner.personId }]);
  const working = await scanner();
  const examples: Examples = {
    slug,
    orderId: order.orderId,
    ticketId: order.tickets[0]?.ticketId ?? '',
    eventId: event?.id ?? '',
    businessId,
    disputeId: await disputed(order.orderId),
    code: 'example',
    key: pictureKey,
    address: 'not-signed-by-us',
    what: 'email',
    document: await exampleDocument(order.orderId),
  };
  const onDuty = () => inventory.setShifts([{ deviceId: working.deviceId, staffId: owner.personId }]);
  await onDuty();
  return { examples, owner, buyer: { cookie }, locked, working, onDuty };
}
