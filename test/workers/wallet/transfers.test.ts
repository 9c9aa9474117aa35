import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { claimedTickets, transferContacts } from '#d1/schema/index.ts';
import { customer, db, readIntoD1, withCookies } from '#test/support/customers.ts';
import {
  accepted,
  answerTransfer,
  boughtTicket,
  buyerOf,
  offer,
  offered,
  openLink,
  post,
  shownTicket,
  statusOf,
  textOf,
  tokenOf,
  type Given,
} from '#test/support/transfers.ts';
import { cookiesOf, visit } from '#test/workers/http/site.ts';
import { signToken } from '#workers/keys/signed-token.ts';
import { servicesOf } from '#workers/services.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { environment, keys } from '#test/support/environment.ts';
import { scanAt } from '#test/support/inventory.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';

const words = messages.transfers;
const qr = messages.ticket.qrLabel;
const contacts = ({ ticketId }: Given) =>
  db.select().from(transferContacts).where(eq(transferContacts.ticketId, ticketId));
const heldPath = ({ path }: Given) => pathTo('ticketHeld', path);
const ownPath = ({ orderId, ticketId }: Given) => pathTo('ticket', { orderId, ticketId });

describe('a ticket sent to an address', () => {
  it('waits with its holder, and passes to whoever proves that address', async () => {
    const ticket = await boughtTicket();
    const receiver = await customer();
    const note = { email: receiver.email.toUpperCase(), giverName: 'Ama', message: 'Happy birthday!\r\nSee you there' };
    const token = await offered(ticket, note);
    const waiting = await textOf(ownPath(ticket), buyerOf(ticket));
    for (const said of [qr, words.acts.offered, words.acts.stillYours]) expect(waiting).toContain(said);
    expect(await textOf(pathTo('ticketGive', ticket.path), buyerOf(ticket))).toContain(receiver.email);

    // Opening it, as mail scanners do, changes nothing; and a stranger sees no address, order or price.
    const stranger = await customer();
    for (const headers of [{}, stranger.headers, receiver.headers]) {
      const { status, text, page } = await openLink(token, headers);
      expect(status).toBe(200);
      expect(page.headers.get('referrer-policy')).toBe('strict-origin');
      for (const said of ['Happy birthday!', words.accept.from('Ama')]) expect(text).toContain(said);
      for (const secret of [ticket.orderId, 'Ama Buyer', qr]) expect(text).not.toContain(secret);
      if (headers !== receiver.headers) expect(text).not.toContain(receiver.email);
    }
    for (const headers of [{}, stranger.headers]) {
      const refused = await answerTransfer(token, 'accept', { ...headers, accept: 'application/json' });
      expect(refused.status).toBe(403);
    }
    expect((await shownTicket(ticket)).generation).toBe(1);

    await accepted(ticket, token, receiver.headers);
    // On any device of theirs, by their account alone.
    const theirs = await textOf(heldPath(ticket), receiver.headers);
    expect(theirs).toContain(qr);
    expect(theirs).not.toContain(ticket.orderId);
    expect(await textOf(pathTo('wallet'), receiver.headers)).toContain(heldPath(ticket));
    expect(await statusOf(pathTo('order', ticket), receiver.headers)).toBe(404);
    expect(await statusOf(ownPath(ticket), receiver.headers)).toBe(404);
    expect(await contacts(ticket)).toEqual([]);
  });

  it('once accepted, shows its giver that it is given, and nothing of what becomes of it', async () => {
    const ticket = await boughtTicket();
    const receiver = await customer();
    const token = await offered(ticket, { email: receiver.email });
    await accepted(ticket, token, receiver.headers);
    const order = await textOf(pathTo('order', ticket), buyerOf(ticket));
    expect(order).toContain(words.given.status);
    expect(order).not.toContain(qr);
    const page = await textOf(ownPath(ticket), buyerOf(ticket));
    expect(page).toContain(words.given.title);
    expect(page).not.toContain(qr);
    for (const name of ['ticketHeld', 'ticketGive', 'ticketReissue'] as const) {
      expect([name, await statusOf(pathTo(name, ticket.path), buyerOf(ticket))]).toEqual([name, 404]);
    }
    const api = await (
      await visit(pathTo('apiOrder', ticket), { headers: buyerOf(ticket) })
    ).json<{ tickets: object[] }>();
    const { ticketId, eventId } = ticket;
    expect(api.tickets).toEqual([{ ticketId, typeId: 'day', eventId, isGiven: true }]);
    expect(await textOf(pathTo('wallet'), buyerOf(ticket))).not.toContain(ticket.ticketId);
    // Neither by the form of a page that was open meanwhile.
    const late = await post(pathTo('ticketReissue', ticket.path), buyerOf(ticket), { key: crypto.randomUUID() });
    expect(late.status).toBe(404);
    expect((await shownTicket(ticket)).generation).toBe(2);
  });

  it('asks its receiver for a code there, without anybody typing the address', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket, { email: 'newcomer@receivers.example' });
    const { headers, text } = await openLink(token);
    expect(text).toContain('n…@receivers.example');
    const sent = await answerTransfer(token, 'prove', headers);
    expect(sent.status).toBe(303);
    const location = sent.headers.get('location') ?? '';
    expect(location).toContain(pathTo('signInCode'));
    expect(decodeURIComponent(location)).toContain(`${pathTo('transferLink')}?t=${token}`);
    expect(location).not.toContain('receivers.example');
  });

  it('is declined by whoever it reached, and stays where it was', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket, { email: 'wrong@receivers.example' });
    const declined = await answerTransfer(token, 'decline', {});
    expect(await declined.text()).toContain(words.accept.declined);
    await readIntoD1(ticket.orderId, ticket.eventId);
    expect(await contacts(ticket)).toEqual([]);
    expect(await textOf(ownPath(ticket), buyerOf(ticket))).toContain(qr);
    expect((await openLink(token)).status).toBe(410);
  });

  it('is taken back and sent to the right one', async () => {
    const ticket = await boughtTicket();
    const receiver = await customer();
    const first = await offered(ticket, { email: 'typo@receivers.example' });
    const again = await offer(ticket, buyerOf(ticket), { email: receiver.email });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain(words.give.sentTitle);
    const back = await post(pathTo('ticketGive', ticket.path), buyerOf(ticket), { do: 'withdraw' });
    expect(back.headers.get('location')).toContain('done=taken_back');
    expect((await post(pathTo('ticketGive', ticket.path), buyerOf(ticket), { do: 'withdraw' })).status).toBe(303);
    const second = await offered(ticket, { email: receiver.email });
    const late = await answerTransfer(first, 'accept', receiver.headers);
    expect(late.status).toBe(410);
    expect(await late.text()).toContain(words.accept.over.withdrawn);
    await accepted(ticket, second, receiver.headers);
  });
});

describe('a ticket given by a link', () => {
  it('is shown to its giver again, and is nobody’s by being opened', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    for (const _ of [1, 2]) expect(await textOf(pathTo('ticketGive', ticket.path), buyerOf(ticket))).toContain(token);
    // One's own link is not a way to lose one's ticket.
    const own = await openLink(token, buyerOf(ticket));
    expect(own.text).toContain(words.accept.own);
    const pressed = await answerTransfer(token, 'accept', { ...buyerOf(ticket), accept: 'application/json' });
    expect(pressed.status).toBe(409);
    expect((await shownTicket(ticket)).generation).toBe(1);
  });

  it('goes to one of many browsers that press at once, and to it again when its answer was lost', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    const friends = await Promise.all(Array.from({ length: 4 }, () => openLink(token)));
    const answers = await Promise.all(friends.map(({ headers }) => answerTransfer(token, 'accept', headers)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 410, 410, 410]);
    const winner = answers.findIndex(({ status }) => status === 303);
    const again = await answerTransfer(token, 'accept', friends[winner]?.headers ?? {});
    expect(again.status).toBe(303);
    const cookie = cookiesOf(again);
    const theirs = await textOf(heldPath(ticket), { cookie });
    expect(theirs).toContain(qr);
    expect(theirs).not.toContain(ticket.orderId);
    expect(await statusOf(pathTo('order', ticket), { cookie })).toBe(404);
    expect(await textOf(pathTo('wallet'), { cookie })).toContain(heldPath(ticket));
    const loser = friends[winner === 0 ? 1 : 0];
    expect((await openLink(token, loser?.headers)).text).toContain(words.accept.over.accepted);
    expect((await shownTicket(ticket)).generation).toBe(2);
  });

  it('opens in the browser that accepted it until it goes on, and in no other', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    const guest = await accepted(ticket, token, (await openLink(token)).headers);
    expect(await statusOf(heldPath(ticket), {})).toBe(404);
    const made = await offer(ticket, guest, {});
    expect(made.status).toBe(303);
    const next = await tokenOf(ticket);
    const other = await accepted(ticket, next, (await openLink(next)).headers);
    expect(await statusOf(heldPath(ticket), guest)).toBe(404);
    expect(await statusOf(heldPath(ticket), other)).toBe(200);
    expect(await textOf(pathTo('wallet'), guest)).not.toContain(ticket.ticketId);
  });

  it('is kept in an account by whoever has it, once, and is then there on every device', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    const guest = await accepted(ticket, token, (await openLink(token)).headers);
    expect(await textOf(heldPath(ticket), guest)).toContain(words.acts.keepSignIn);
    expect((await post(pathTo('ticketKeep', ticket.path), guest, {})).status).toBe(401);
    const friend = await customer();
    const here = withCookies(friend, guest['cookie'] ?? '');
    expect(await textOf(heldPath(ticket), here)).toContain(words.acts.keepAdd);
    for (const _ of [1, 2]) expect((await post(pathTo('ticketKeep', ticket.path), here, {})).status).toBe(303);
    expect(await statusOf(heldPath(ticket), friend.headers)).toBe(200);
    expect(await textOf(pathTo('wallet'), friend.headers)).toContain(heldPath(ticket));
    const thief = withCookies(await customer(), guest['cookie'] ?? '');
    expect((await post(pathTo('ticketKeep', ticket.path), thief, {})).status).toBe(409);
    const rows = await db.select().from(claimedTickets).where(eq(claimedTickets.ticketId, ticket.ticketId));
    expect(rows).toHaveLength(1);
  });
});

describe('a ticket whose gate asks for a name', () => {
  it('takes the name of whoever accepts it, and not its giver’s', async () => {
    const ticket = await boughtTicket(undefined, { identity: 'name_check' });
    const token = await offered(ticket);
    const { headers, text } = await openLink(token);
    expect(text).toContain(words.accept.nameHint);
    for (const name of ['', 'Bo\u202E', 'Bo\r\nBcc: x@y.example']) {
      const refused = await answerTransfer(token, 'accept', headers, { name });
      expect([name, refused.status]).toEqual([name, 422]);
    }
    expect((await answerTransfer(token, 'accept', headers, { name: 'Bo Receiver' })).status).toBe(303);
    const { code } = await shownTicket(ticket);
    const shown = code === undefined ? '' : await keys.issue(code.header, code.grants);
    const stub = inventoryOf(environment.EVENT_INVENTORY, ticket.eventId);
    expect(await scanAt(stub, shown)).toMatchObject({ reason: 'name_check', holderName: 'Bo Receiver' });
  });
});

describe('a form that offers a ticket', () => {
  it.each<[string, Record<string, string>, number, string]>([
    ['no address', { email: 'nobody' }, 422, words.give.emailError],
    ['two addresses', { email: 'a@x.example, b@x.example' }, 422, words.give.emailError],
    ['a header in the address', { email: 'a@x.example\r\nBcc: b@evil.example' }, 422, words.give.emailError],
    [
      'a header in the name',
      { email: 'a@x.example', giverName: 'Ama\r\nBcc: b@evil.example' },
      422,
      words.give.giverNameError,
    ],
    ['an invisible character', { email: 'a@x.example', giverName: 'Ama\u202E' }, 422, words.give.giverNameError],
    ['a link for a name', { email: 'a@x.example', giverName: 'https://evil.example' }, 422, words.give.giverNameError],
    [
      'a link in the message',
      { email: 'a@x.example', message: 'Win at www.evil.example' },
      422,
      words.give.messageError,
    ],
    ['a bare domain in it', { email: 'a@x.example', message: 'Go to evil.example/now' }, 422, words.give.messageError],
    ['too many words', { email: 'a@x.example', message: 'a'.repeat(281) }, 422, words.give.messageError],
  ])('with %s is asked again, and nothing is offered', async (_what, fields, status, error) => {
    const ticket = await boughtTicket();
    const answer = await offer(ticket, buyerOf(ticket), fields);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(error);
    expect((await shownTicket(ticket)).transfer).toBeUndefined();
    expect(await contacts(ticket)).toEqual([]);
  });

  it('to oneself is refused', async () => {
    const ticket = await boughtTicket('self@givers.example');
    const answer = await offer(ticket, buyerOf(ticket), { email: 'Self@Givers.example' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain(problemOf({ code: 'transfer_to_self' }).title);
    expect(await contacts(ticket)).toEqual([]);
  });

  it('sent twice is one offer; with other words by the back button the first one stands', async () => {
    const ticket = await boughtTicket();
    const fields = { email: 'once@receivers.example', key: crypto.randomUUID() };
    for (const _ of [1, 2]) expect((await offer(ticket, buyerOf(ticket), fields)).status).toBe(303);
    const changed = await offer(ticket, buyerOf(ticket), { ...fields, email: 'twice@receivers.example' });
    expect(changed.status).toBe(409);
    expect((await contacts(ticket)).map(({ address }) => address)).toEqual(['once@receivers.example']);
  });

  it('fills nobody’s inbox: an address is sent six offers a day, whoever sends them', async () => {
    const email = 'crowded@receivers.example';
    const statuses: number[] = [];
    for (let sent = 0; sent < 7; sent += 1) {
      const ticket = await boughtTicket();
      statuses.push((await offer(ticket, buyerOf(ticket), { email })).status);
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 303, 429]);
  });

  it('from another site, or about somebody else’s ticket, does nothing', async () => {
    const ticket = await boughtTicket();
    const elsewhere = { ...buyerOf(ticket), origin: 'https://evil.example' };
    expect((await offer(ticket, elsewhere)).status).toBe(403);
    const other = await boughtTicket();
    expect((await offer(ticket, buyerOf(other))).status).toBe(404);
    const crossed = { ...ticket, path: { eventId: other.eventId, ticketId: ticket.ticketId } };
    expect((await offer(crossed, buyerOf(ticket))).status).toBe(404);
    expect((await shownTicket(ticket)).transfer).toBeUndefined();
  });
});

it('refunded while it was offered, tells whoever opens the link, and nobody can accept it', async () => {
  const ticket = await boughtTicket();
  const token = await offered(ticket);
  const { eventId, ticketId } = ticket;
  await inventoryOf(environment.EVENT_INVENTORY, eventId).moveMany([{ ticketId, move: 'refund' }]);
  const { status, text, headers } = await openLink(token);
  expect([status, text]).toEqual([410, expect.stringContaining(words.accept.over.void)]);
  expect((await answerTransfer(token, 'accept', { ...headers, accept: 'application/json' })).status).toBe(410);
  await readIntoD1(ticket.orderId, eventId);
  expect(await contacts(ticket)).toEqual([]);
});

describe('a link nobody was given', () => {
  it('opens nothing: made up, changed, for another door, too old', async () => {
    const ticket = await boughtTicket();
    const token = await offered(ticket);
    const { settings } = servicesOf(environment);
    const { transfer } = await shownTicket(ticket);
    const link = { transferId: transfer?.transferId, eventId: ticket.eventId, expiresAtMs: Date.now() + 1_000 };
    const forged = [
      '',
      'x',
      `${token}x`,
      token.replace(/\.(.)/, (_all, digit: string) => `.${digit === 'A' ? 'B' : 'A'}`),
      await signToken(settings.masterKey, 'order-link', link),
      await signToken(settings.masterKey, 'transfer-link', { ...link, expiresAtMs: Date.now() - 1 }),
      await signToken(settings.masterKey, 'transfer-link', { ...link, transferId: 'trf_unknown' }),
    ];
    for (const one of forged) {
      expect((await openLink(one)).status).toBe(410);
      expect((await answerTransfer(one, 'accept', {})).status).toBe(410);
    }
    expect((await shownTicket(ticket)).generation).toBe(1);
  });
});
