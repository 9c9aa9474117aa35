import { beforeAll, describe, expect, it } from 'vitest';
import { writeSellerProfile } from '#d1/queries/sellers.ts';
import { refText } from '#shared/documents/document.ts';
import { db, freshBuyer, services, Shopper, signedInShopper, wordsOf } from '#test/workers/cart/shopper.ts';
import { textOf } from '#test/support/earning.ts';
import { newBusiness, newWorker, post, trailOf } from '#test/support/staff.ts';
import { businessId, publishEvent, visit } from '#test/workers/http/site.ts';
import { orderLink } from '#workers/operations/order-link.ts';
import { orderDocuments } from '#workers/operations/present-documents.ts';
import { project } from '#workers/operations/project-log.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';

const words = messages.documents;
const priceMinor = 2_400;
const profile = { legalName: 'Makers of Tests Ltd', address: '1 Hall Road', taxNumber: '', version: 0 };

/** The queue's own consumer may be reading as well: whoever is slower is refused, and finds it read. */
async function readToEnd(orderId: string): Promise<void> {
  const desk = `desk:${orderId.split('_')[1]}`;
  for (;;) if (await project(services, desk).catch(() => false)) return;
}

/** Somebody who paid for a ticket from their balance, and whose receipts are written. */
async function paidOrder(fields: Readonly<Record<string, string>> = {}) {
  const { slug } = await publishEvent({ priceMinor });
  const somebody = await signedInShopper();
  await somebody.give('GBP', priceMinor);
  const { shopper, email } = somebody;
  const { action, fields: hidden } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=1`);
  const form = { ...hidden, name: 'Ama Shopper', email, pay: `0-${priceMinor}`, ...fields };
  const { location } = await shopper.post(action, form);
  const orderId = /\/orders\/(ord_[^/?]+)/.exec(location)?.[1] ?? '';
  await readToEnd(orderId);
  const page = pathTo('orderDocuments', { orderId });
  const { rows } = await orderDocuments(services, orderId);
  const [row] = rows;
  if (row === undefined) throw new Error('Nothing was written');
  return { ...somebody, orderId, page, row, address: pathTo('orderDocument', { orderId, document: refText(row) }) };
}

const details = { name: 'Kettle & Co', address: '1 Steam Street\r\n\r\n London E1 ', taxNumber: 'gb 123' };

beforeAll(async () => {
  await publishEvent({});
  await writeSellerProfile(db, businessId, profile, 1);
});

describe('documents of an order', () => {
  it('are linked from its page and shown to its buyer', async () => {
    const { shopper, orderId, page, address, row } = await paidOrder();
    expect((await shopper.get(pathTo('order', { orderId }))).text).toContain(`href="${page}"`);
    expect((await shopper.get(page)).text).toContain(`href="${address}"`);
    const sheet = wordsOf((await shopper.get(address)).text);
    for (const text of [row.text, 'Makers of Tests Ltd', '1 Hall Road', '£24.00', words.ways.wallet]) {
      expect(sheet).toContain(text);
    }
  });

  it('are nobody else’s: a stranger and another buyer find no such order, and no number leads to another’s', async () => {
    const [mine, theirs] = [await paidOrder(), await paidOrder()];
    const stranger = new Shopper();
    for (const path of [mine.page, mine.address]) {
      expect((await stranger.get(path)).status).toBe(404);
      expect((await theirs.shopper.get(path)).status).toBe(404);
    }
    expect((await stranger.post(mine.page, details)).status).toBe(404);
    const across = pathTo('orderDocument', { orderId: mine.orderId, document: refText(theirs.row) });
    expect((await mine.shopper.get(across)).status).toBe(404);
    for (const document of ['receipt-biz_http-0', 'receipt-biz_http-99999', 'invoice', 'receipt--1', '1']) {
      const path = pathTo('orderDocument', { orderId: mine.orderId, document });
      expect((await mine.shopper.get(path)).status).toBe(404);
    }
  });

  it('are not there where nothing was paid for, and cannot be given a name', async () => {
    const { slug } = await publishEvent({});
    const shopper = new Shopper();
    const { action, fields } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=1`);
    const { location } = await shopper.post(action, { ...fields, ...freshBuyer() });
    const orderId = /\/orders\/(ord_[^/?]+)/.exec(location)?.[1] ?? '';
    const page = pathTo('orderDocuments', { orderId });
    expect((await shopper.get(pathTo('order', { orderId }))).text).not.toContain(page);
    expect(wordsOf((await shopper.get(page)).text)).toContain(words.none);
    expect((await shopper.post(page, details)).status).toBe(404);
  });
});

describe('who they are made out to', () => {
  it('is given once, tidied, and printed on each of them', async () => {
    const { shopper, page, address } = await paidOrder();
    expect(await shopper.post(page, details)).toMatchObject({ status: 303, location: `${page}?saved` });
    const sheet = wordsOf((await shopper.get(address)).text);
    for (const text of ['Kettle & Co', '1 Steam Street', 'London E1', words.taxNumberOf('GB 123')]) {
      expect(sheet).toContain(text);
    }
  });

  it('stays as it was first given, by two presses at the same moment too', async () => {
    const { shopper, page, address } = await paidOrder();
    const answers = await Promise.all(
      ['First Ltd', 'Second Ltd'].map((name) => shopper.post(page, { ...details, name })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    const late = await shopper.post(page, { ...details, name: 'Third Ltd' });
    expect(wordsOf(late.text)).toContain(problemOf({ code: 'billing_details_given' }).title);
    const sheet = wordsOf((await shopper.get(address)).text);
    expect(['First Ltd', 'Second Ltd', 'Third Ltd'].filter((name) => sheet.includes(name))).toHaveLength(1);
  });

  it.each([
    ['no name', { name: ' ' }],
    ['a name that turns the line round', { name: 'Ama \u202e' }],
    ['an address of seven lines', { address: '1\n2\n3\n4\n5\n6\n7' }],
    ['a tax number that is a formula', { taxNumber: '=1+1' }],
  ])('is not %s, and what was typed stands in the form', async (_what, wrong) => {
    const { shopper, page } = await paidOrder();
    const refused = await shopper.post(page, { ...details, ...wrong });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused.text)).toContain(words.billing.error);
    expect(refused.text).toContain('<details open');
    expect(refused.text).toContain({ ...details, ...wrong }.address.slice(0, 1));
  });

  it('comes along in the copy of one’s data', async () => {
    const { shopper, page, orderId } = await paidOrder();
    await shopper.post(page, details);
    const copy = await shopper.post(pathTo('accountExport'), {});
    const { orders } = JSON.parse(copy.text) as { orders: { id: string; billing?: { name: string } }[] };
    expect(orders.find(({ id }) => id === orderId)?.billing?.name).toBe('Kettle & Co');
  });
});

describe('a gift', () => {
  it('shows its documents to the giver, and not to who is given it', async () => {
    const friend = {
      gift: 'on',
      gift_name: 'Kofi',
      gift_email: 'kofi@friends.example',
      gift_day: '',
      gift_message: '',
    };
    const { shopper, page, address, orderId } = await paidOrder({ ...friend, gift_prices: 'on' });
    expect((await shopper.get(address)).status).toBe(200);
    const link = await orderLink(services, orderId, 'recipient');
    const theirs = new Shopper();
    await theirs.post(pathTo('orderLink'), { token: new URL(link).searchParams.get('t') ?? '' });
    expect((await theirs.get(pathTo('order', { orderId }))).status).toBe(200);
    expect((await theirs.get(page)).status).toBe(404);
    expect((await theirs.get(address)).status).toBe(404);
  });
});

describe('a seller’s documents', () => {
  it('are listed, printed and exported for its own people, with a trace', async () => {
    const { shopper, page, row } = await paidOrder();
    await shopper.post(page, { ...details, name: '@Kettle' });
    const worker = await newWorker({ businessId, role: 'finance' });
    const { headers } = worker;
    const list = pathTo('studioDocuments', { businessId });
    expect(await textOf(await visit(`${list}?kind=receipt`, { headers }))).toContain(row.text);
    const document = pathTo('studioDocument', { businessId, document: refText(row) });
    expect(await textOf(await visit(document, { headers }))).toContain('Makers of Tests Ltd');
    const csv = await post(pathTo('studioDocumentsExport', { businessId }), headers, { kind: 'receipt' });
    const [head, newest] = (await csv.text()).split('\r\n');
    expect(head).toContain('"number","takes_from","issued"');
    expect(newest).toContain(`"${row.text}"`);
    // A buyer's name is no formula of the seller's spreadsheet.
    expect(newest).toContain(`"GBP",2400,0,2400,`);
    expect(newest).toContain(`"'@Kettle","GB 123"`);
    expect((await trailOf(businessId)).filter(({ actorId }) => actorId === worker.personId)).toMatchObject([
      { action: 'documents.exported', facts: { series: 'receipt' } },
    ]);
  });

  it('are nobody else’s to see, and the platform’s own are for its people', async () => {
    const { row } = await paidOrder();
    const other = await newBusiness();
    const { headers } = await newWorker({ businessId: other, role: 'owner' });
    const paths = [businessId, 'platform', 'biz_nobody'].flatMap((id) => [
      pathTo('studioDocuments', { businessId: id }),
      pathTo('studioDocument', { businessId: id, document: refText(row) }),
      pathTo('studioSeller', { businessId: id }),
    ]);
    for (const path of paths) expect((await visit(path, { headers })).status).toBe(403);
    const mine = pathTo('studioDocument', { businessId: other, document: refText(row) });
    expect((await visit(mine, { headers })).status).toBe(404);
    const keeper = await newWorker({ businessId: 'biz_platform', role: 'platform_admin' });
    const own = await visit(pathTo('studioDocuments', { businessId: 'platform' }), keeper);
    expect(await textOf(own)).toContain('247GBS Expo');
  });
});

describe('how a seller is named', () => {
  const typed = { legalName: 'Loom Nine Ltd', address: '9 Canal Road\nBradford', taxNumber: 'GB 9', version: '0' };

  it('is written by owners and finance, counts from then on, and leaves a trace', async () => {
    const id = await newBusiness();
    const { headers, personId } = await newWorker({ businessId: id, role: 'owner' });
    const page = pathTo('studioSeller', { businessId: id });
    expect((await post(page, headers, typed)).status).toBe(303);
    expect(await textOf(await visit(`${page}?saved`, { headers }))).toContain(words.profile.saved);
    expect(await trailOf(id)).toMatchObject([{ action: 'seller.changed', actorId: personId, subjectId: id }]);
  });

  it('is not lost to somebody who wrote at the same time: the slower one is told', async () => {
    const id = await newBusiness();
    const { headers } = await newWorker({ businessId: id, role: 'finance' });
    const page = pathTo('studioSeller', { businessId: id });
    const answers = await Promise.all(
      ['One Ltd', 'Two Ltd'].map((legalName) => post(page, headers, { ...typed, legalName })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    expect(await trailOf(id)).toHaveLength(1);
  });

  it.each([
    ['without a name', { legalName: '' }],
    ['without an address', { address: ' \n ' }],
    ['with a tax number nobody gives', { taxNumber: '<b>' }],
  ])('is not saved %s', async (_what, wrong) => {
    const id = await newBusiness();
    const { headers } = await newWorker({ businessId: id, role: 'owner' });
    const refused = await post(pathTo('studioSeller', { businessId: id }), headers, { ...typed, ...wrong });
    expect(refused.status).toBe(422);
    expect(await trailOf(id)).toEqual([]);
  });
});
