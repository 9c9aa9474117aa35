import { and, asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEntries, people } from '#d1/schema/index.ts';
import { consentTextVersion } from '#shared/people/contact-preferences.ts';
import { buy, customer, db, type Customer } from '#test/support/customers.ts';
import { visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.account.profile;

function save({ headers }: Customer, fields: Record<string, string>): Promise<Response> {
  return visit(pathTo('accountProfile'), { method: 'POST', headers, body: new URLSearchParams(fields) });
}

async function rowOf({ personId }: Customer) {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  return row;
}

async function consentsOf({ personId }: Customer) {
  const rows = await db
    .select({ facts: auditEntries.facts })
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, personId), eq(auditEntries.action, 'consent.changed')))
    .orderBy(asc(auditEntries.id));
  return rows.map(({ facts }) => JSON.parse(facts) as unknown);
}

// PRD 7.2: the profile, and what somebody agrees to hear.
describe('a profile', () => {
  it('is written as it was typed, trimmed, and empty means none', async () => {
    const ama = await customer();
    const saved = await save(ama, { name: '  Ama Mensah ', locale: 'en-GB', currency: 'NGN' });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `${pathTo('accountProfile')}?saved`]);
    expect(await rowOf(ama)).toMatchObject({ name: 'Ama Mensah', locale: 'en-GB', currency: 'NGN' });
    await save(ama, { name: '', locale: '', currency: '' });
    expect(await rowOf(ama)).toMatchObject({ name: null, locale: null, currency: null, email: ama.email });
  });

  it.each([
    ['a mail header in the name', { name: 'Ama\r\nBcc: all@evil.example' }, words.nameError],
    ['an invisible character in it', { name: 'Ama\u202E' }, words.nameError],
    ['too many letters', { name: 'a'.repeat(121) }, words.nameError],
    ['a language nobody wrote', { locale: 'tlh' }, words.languageError],
    ['money nobody takes', { currency: 'XXX' }, words.currencyError],
  ])('with %s is refused and shown again as typed', async (_what, wrong, error) => {
    const ama = await customer({ name: 'Before' });
    const fields = { name: 'Ama <b>bold</b>', locale: '', currency: 'GHS', news_email: 'on', ...wrong };
    const refused = await save(ama, fields);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain(error);
    expect(page).not.toContain('<b>bold');
    if (fields.currency === 'GHS') expect(page).toMatch(/<option value="GHS" selected/);
    expect(page).toMatch(/name="news_email"[^>]* checked/);
    expect(await rowOf(ama)).toMatchObject({ name: 'Before', currency: null, contactPreferences: null });
    expect(await consentsOf(ama)).toEqual([]);
  });

  it('offers the languages there are', async () => {
    const { headers } = await customer();
    const page = await (await visit(pathTo('accountProfile'), { headers })).text();
    expect([...page.matchAll(/<option value="([a-z]{2}-[A-Z]{2})"/g)].map(([, tag]) => tag)).toEqual(['en-GB']);
  });

  it('is nobody else’s: no route takes a person’s id, and a planted one is ignored', async () => {
    const [ama, kofi] = [await customer(), await customer({ name: 'Kofi' })];
    await save(ama, { name: 'Ama', id: kofi.personId, personId: kofi.personId, email: kofi.email });
    expect(await rowOf(kofi)).toMatchObject({ name: 'Kofi' });
    expect(await rowOf(ama)).toMatchObject({ name: 'Ama', email: ama.email });
  });
});

describe('consent', () => {
  it('is off until given, and each change leaves an entry with the words’ version', async () => {
    const ama = await customer();
    expect(await rowOf(ama)).toMatchObject({ contactPreferences: null });
    await save(ama, { name: '', news_email: 'on', reminders_push: 'on' });
    await save(ama, { name: 'Ama', reminders_push: 'on' });
    const textVersion = consentTextVersion;
    expect(await consentsOf(ama)).toEqual([
      { purpose: 'news', channel: 'email', given: true, textVersion },
      { purpose: 'reminders', channel: 'push', given: true, textVersion },
      { purpose: 'news', channel: 'email', given: false, textVersion },
    ]);
  });

  it('sent twice leaves one entry', async () => {
    const ama = await customer();
    await save(ama, { news_email: 'on' });
    await save(ama, { news_email: 'on' });
    expect(await consentsOf(ama)).toHaveLength(1);
  });

  it('to text messages cannot be given without a number', async () => {
    const ama = await customer();
    await save(ama, { news_sms: 'on' });
    expect(await consentsOf(ama)).toEqual([]);
    const kofi = await customer({ phone: `+23480${Date.now()}` });
    await save(kofi, { news_sms: 'on' });
    expect(await consentsOf(kofi)).toHaveLength(1);
  });
});

describe('the account’s first page', () => {
  it('lists what was ordered and what is ahead, and nobody else’s', async () => {
    const ama = await customer({ name: 'Ama Mensah' });
    const order = await buy(ama.email, 2);
    const other = await buy('somebody@else.example');
    const page = await (await visit(pathTo('account'), { headers: ama.headers })).text();
    expect(page).toContain(messages.account.hello('Ama Mensah'));
    expect(page).toContain(pathTo('order', { orderId: order.orderId }));
    expect(page).toContain(messages.account.states.completed);
    expect(page).toContain(messages.account.overview.ticketCount(2));
    expect(page).not.toContain(other.orderId);
  });

  it.each(['account', 'accountProfile', 'accountData', 'accountErase'] as const)('%s asks who one is', async (name) => {
    const answer = await visit(pathTo(name));
    expect(answer.status).toBe(401);
  });

  it('asked for a page of the history that is none shows the first', async () => {
    const { headers } = await customer();
    for (const before of ['x', '-1', '9'.repeat(40), '0']) {
      expect((await visit(`${pathTo('account')}?before=${before}`, { headers })).status).toBe(200);
    }
  });
});
