import { describe, expect, it } from 'vitest';
import { formTo } from '#scripts/journey/page-text.ts';
import { pathTo } from '#workers/routes.ts';
import { arrive, buyer, cookiesOf, orderRequest, origin, placeOrder, publishEvent, signedIn, visit } from './site.ts';

const unknownOrder = 'ord_eur00_00000000000000000000000000';

describe("somebody else's order", () => {
  it('looks exactly like no order', async () => {
    const mine = await placeOrder((await publishEvent()).slug);
    const theirs = await placeOrder((await publishEvent()).slug, 1, { name: 'Kofi', email: 'kofi@buyers.example' });
    const ticketId = theirs.order.tickets[0]?.ticketId ?? '';
    const views: ((orderId: string) => string)[] = [
      (orderId) => pathTo('order', { orderId }),
      (orderId) => pathTo('apiOrder', { orderId }),
      (orderId) => pathTo('ticket', { orderId, ticketId }),
    ];
    const somebody = [{}, { cookie: mine.cookie }, await signedIn()];
    for (const headers of somebody) {
      for (const view of views) {
        const existing = await visit(view(theirs.order.orderId), { headers });
        const unknown = await visit(view(unknownOrder), { headers });
        expect(existing.status).toBe(404);
        expect(unknown.status).toBe(404);
        expect(await existing.text()).toBe(await unknown.text());
      }
    }
  });

  it("'s tickets are not shown under an order of one's own", async () => {
    const mine = await placeOrder((await publishEvent()).slug);
    const theirs = await placeOrder((await publishEvent()).slug);
    const ticketId = theirs.order.tickets[0]?.ticketId ?? '';
    const path = pathTo('ticket', { orderId: mine.order.orderId, ticketId });
    expect((await visit(path, { headers: { cookie: mine.cookie } })).status).toBe(404);
  });

  it('is unknown by an id that is none', async () => {
    const ids = ['x', 'ord_', 'ord_eur99_', '../x', 'ord_eur00_lowercase', "'; DROP TABLE orders; --"];
    const answers = await Promise.all(ids.map((orderId) => visit(pathTo('apiOrder', { orderId }))));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 404));
  });
});

describe('the API', () => {
  it('tells about an order without saying whose it is', async () => {
    const { order, cookie } = await placeOrder((await publishEvent()).slug);
    const answer = await (await visit(pathTo('apiOrder', { orderId: order.orderId }), { headers: { cookie } })).text();
    expect(answer).toContain(order.orderId);
    expect(answer).not.toContain(buyer.email);
    expect(answer).not.toContain(buyer.name);
    expect(answer).not.toContain('cus_');
  });
});

const marker = 'QzZmArKeRzQ';

describe('a refusal', () => {
  it('never repeats what was sent', async () => {
    const { slug } = await publishEvent();
    const lines = [{ typeId: 'day', quantity: 1 }];
    const order = (change: object) => orderRequest({ event: slug, lines, ...change });
    const json = { 'content-type': 'application/json', 'idempotency-key': `key-${marker}` };
    const asked: [string, RequestInit?][] = [
      [`/${marker}`],
      [`/api/v1/${marker}`],
      [pathTo('event', { slug: marker })],
      [pathTo('business', { slug: marker })],
      [pathTo('order', { orderId: marker })],
      [pathTo('media', { key: marker })],
      [`${pathTo('checkout', { slug })}?q_${marker.toLowerCase()}=1`],
      [`${pathTo('checkout', { slug })}?q_day=${marker}`],
      [`${pathTo('orderLink')}?t=${marker}`],
      [pathTo('apiOrders'), { method: 'POST', headers: json, body: `{"${marker}": ${marker}` }],
      [pathTo('apiOrders'), order({ event: marker })],
      [pathTo('apiOrders'), order({ lines: [{ typeId: marker, quantity: 1 }] })],
      [pathTo('apiOrders'), order({ lines: [{ typeId: 'day', quantity: marker }] })],
      [pathTo('apiOrders'), order({ contact: { name: 'Ama', email: marker } })],
      [pathTo('apiOrders'), order({ contact: { name: `${marker}\r\n`.repeat(20), email: buyer.email } })],
    ];
    const faults: string[] = [];
    for (const [path, init] of asked) {
      const response = await arrive(path, init);
      const everything = `${await response.text()} ${JSON.stringify([...response.headers])}`;
      if (response.status < 400) faults.push(`${path} was answered ${response.status}`);
      if (everything.toLowerCase().includes(marker.toLowerCase())) faults.push(`${path} was repeated: ${everything}`);
    }
    expect(faults).toEqual([]);
  });

  it('of a form shows again what was typed, as text and nothing else', async () => {
    const { slug } = await publishEvent();
    const attack = `"><script src=//evil.example></script><b onclick='x'>`;
    const form = new URLSearchParams({ q_day: '1', idempotency_key: crypto.randomUUID(), name: attack, email: attack });
    const response = await visit(pathTo('checkout', { slug }), { method: 'POST', headers: { origin }, body: form });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).not.toContain('<script src=//evil');
    expect(page).not.toContain('<b onclick');
    expect(page).toContain('&lt;script');
  });
});

describe('a name', () => {
  it.each([
    ['a line break and a mail header', 'Ama\r\nBcc: everyone@evil.example'],
    ['a lone line feed', 'Ama\nX: y'],
    ['a null', 'Ama\u0000'],
    ['a reversed text mark', 'Ama\u202E'],
    ['an invisible character', 'Ama\u200B'],
    ['too many letters', 'a'.repeat(121)],
  ])('with %s is refused', async (_what, name) => {
    const event = await publishEvent();
    const trail = await event.trail();
    const lines = [{ typeId: 'day', quantity: 1 }];
    const contact = { name, email: buyer.email };
    const response = await visit(pathTo('apiOrders'), orderRequest({ event: event.slug, lines, contact }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed_request' });
    expect(await event.trail()).toEqual(trail);
  });

  it.each(['Ọláńrewájú Adéyẹmí-Òkè', "Siobhán O'Neill", '张伟', 'Æ'])('such as %s is taken', async (name) => {
    const { slug } = await publishEvent();
    const { order } = await placeOrder(slug, 1, { name, email: buyer.email });
    expect(order.state).toBe('completed');
  });
});

describe('no answer sends anyone to another site', () => {
  const evil = 'https://evil.example/';
  const bait = `next=${evil}&return=${evil}&redirect=//evil.example&url=${evil}&to=%5C%5Cevil.example`;

  it('whatever the address or its headers say', async () => {
    const { slug } = await publishEvent();
    const form = { method: 'POST', body: new URLSearchParams(bait) };
    const asked: [string, RequestInit?][] = [
      [`${pathTo('signIn')}?${bait}`, { headers: await signedIn() }],
      [`${pathTo('signOut')}?${bait}`, { ...form, headers: await signedIn() }],
      [`${pathTo('orderLink')}?t=${evil}`],
      [`${pathTo('checkout', { slug })}?q_day=1&${bait}`],
      ['//evil.example/'],
      ['/%2F%2Fevil.example'],
      ['/\\evil.example'],
      ['/https://evil.example'],
      [pathTo('home'), { headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' } }],
    ];
    const faults: string[] = [];
    for (const [path, init] of asked) {
      const response = await visit(path.startsWith('//') ? `${origin}${path}` : path, init);
      const { headers } = response;
      if (leavesTo(headers.get('location')) !== origin || headers.has('refresh')) faults.push(`${path} leads away`);
      const page = await response.text();
      if (/(href|action|content)="[^"]*evil\.example/.test(page)) faults.push(`${path} links away`);
    }
    expect(faults).toEqual([]);
  });

  it('after an order placed by a form', async () => {
    const { slug } = await publishEvent();
    const path = pathTo('checkout', { slug });
    const { fields } = formTo(await (await arrive(`${path}?q_day=1&${bait}`)).text(), path);
    const body = new URLSearchParams({ ...fields, ...buyer, next: evil });
    const response = await visit(path, { method: 'POST', headers: { origin }, body });
    expect(response.status).toBe(303);
    expect(leavesTo(response.headers.get('location'))).toBe(origin);
    const location = response.headers.get('location') ?? '';
    // I10: nor does the address say who ordered.
    expect(decodeURIComponent(location)).not.toContain(buyer.email);
    expect((await visit(location, { headers: { cookie: cookiesOf(response) } })).status).toBe(200);
  });
});

function leavesTo(location: string | null): string {
  return location === null ? origin : new URL(location, origin).origin;
}
