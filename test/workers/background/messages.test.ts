import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import worker from '#workers/local/index.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { savePushSubscription } from '#d1/queries/push-subscriptions.ts';
import { deadLetters, people, pushSubscriptions } from '#d1/schema/index.ts';
import { environment } from '#test/support/environment.ts';
import { deliverDead, deliverMessage } from '#test/support/queue.ts';
import { attemptsMax } from '#workers/background/attempts.ts';
import { sandboxes } from '#workers/local/sandboxes.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { phoneEndpoint } from '#workers/local/mailbox/push-sandbox.ts';
import { makePhoneKeys } from '#workers/local/mailbox/unseal.ts';
import type { AnyMessage, SendResult } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { servicesOf, type Services } from '#workers/services.ts';

/** An environment of its own, so that these services are not the ones that reach the internet. */
const base = servicesOf({ ...environment }, sandboxes({ exports }));
const { db } = base;

/** The Worker's services, with a provider that answers `result` and a queue that is a list. */
function services(result: SendResult | Error) {
  const sent: AnyMessage[] = [];
  const queued: OutgoingMessage[] = [];
  const made: Services = {
    ...base,
    queueMessage: async (message) => void queued.push(message),
    messages: {
      send: async (message) => {
        sent.push(message);
        if (result instanceof Error) throw result;
        return result;
      },
    },
  };
  return { made, sent, queued };
}

const refused = { sent: false, retry: false, why: 'Twilio answered 400 (21211)' } as const;
const busy = { sent: false, retry: true, why: 'Twilio answered 500' } as const;

const code: OutgoingMessage = {
  kind: 'one_time_code',
  purpose: 'sign_in',
  to: { channel: 'sms', address: '+447700912345' },
  code: '918273',
  token: 'a-token-that-signs-in',
};

async function letter(id: string) {
  const [found] = await db
    .select()
    .from(deadLetters)
    .where(eq(deadLetters.id, `dlt_${id}`));
  return found;
}

async function person(draft: Partial<typeof people.$inferInsert> = {}) {
  const id = `per_${crypto.randomUUID()}`;
  await db.insert(people).values({ id, name: 'Ama', createdAtMs: Date.now(), ...draft });
  return id;
}

async function phone(personId: string, end = '') {
  const keys = await makePhoneKeys();
  const endpoint = `${phoneEndpoint(crypto.randomUUID())}${end}`;
  await mailboxOf(environment).keepPhone(endpoint, keys);
  const { p256dh, auth } = keys;
  await savePushSubscription(db, { endpoint, personId, p256dh, auth, createdAtMs: Date.now() });
  return endpoint;
}

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => void said.push(words.map(String).join(' ')));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a message', () => {
  it('is done with once it is sent', async () => {
    const { made, sent } = services({ sent: true });
    expect(await deliverMessage(made, code)).toEqual({ isDone: true, waits: [] });
    expect(sent).toMatchObject([{ channel: 'sms', to: '+447700912345' }]);
  });

  it('is tried again, each time after a longer wait', async () => {
    const { made } = services(busy);
    const answers = [];
    for (const attempts of [1, 2, 5, 12]) answers.push(await deliverMessage(made, code, { attempts }));
    expect(answers.map(({ isDone }) => isDone)).toEqual([false, false, false, false]);
    expect(answers.flatMap(({ waits }) => waits)).toEqual([2, 4, 32, 3_600]);
  });

  it('waits as long as the provider asks', async () => {
    const { made } = services({ ...busy, retryAfterSeconds: 120 });
    expect((await deliverMessage(made, code)).waits).toEqual([120]);
  });

  it('is tried again when writing it fails', async () => {
    const { made } = services(new Error('no such table'));
    expect(await deliverMessage(made, code)).toEqual({ isDone: false, waits: [2] });
  });

  it.each([
    ['a refusal for good', refused, 1],
    ['the last try', busy, attemptsMax],
  ])('is kept as a dead letter after %s, with what the provider said', async (_after, result, attempts) => {
    const id = crypto.randomUUID();
    const { made } = services(result);
    expect(await deliverMessage(made, code, { id, attempts })).toEqual({ isDone: true, waits: [] });
    expect(await letter(id)).toMatchObject({ kind: 'one_time_code', why: result.why, settledAtMs: null });
  });

  it('is not given up while nobody can write it down', async () => {
    const { made } = services(refused);
    const away = () => {
      throw new Error('D1 is away');
    };
    const broken = { ...made, db: { insert: away } as unknown as typeof db };
    expect((await deliverMessage(broken, code)).isDone).toBe(false);
    expect((await deliverDead(broken, code)).isDone).toBe(false);
  });

  it('that the queue itself gave up is a dead letter, once', async () => {
    const id = crypto.randomUUID();
    const { made } = services(refused);
    expect((await deliverDead(made, code, { id })).isDone).toBe(true);
    expect((await deliverDead(made, code, { id })).isDone).toBe(true);
    expect(await letter(id)).toMatchObject({ kind: 'one_time_code' });
  });

  it.each(['expo-messages', 'expo-messages-dead'])('left in %s is taken by the Worker itself', async (queue) => {
    const id = crypto.randomUUID();
    const body = { ...code, to: { channel: 'sms', address: '+15005550004' } };
    const batch = createMessageBatch(queue, [{ id, timestamp: new Date(), attempts: 1, body }]);
    const context = Object.assign(createExecutionContext(), { exports });
    await worker.queue(batch, { ...environment }, context);
    expect((await getQueueResult(batch, context)).explicitAcks).toEqual([id]);
    expect((await letter(id))?.why).toBe(
      queue === 'expo-messages' ? 'Twilio answered 400 (21610)' : 'Given up after every try',
    );
  });

  it('with a code is not sent once the code is refused anyway', async () => {
    const id = crypto.randomUUID();
    const { made, sent } = services({ sent: true });
    const queuedAtMs = Date.now() - 11 * 60_000;
    expect((await deliverMessage(made, code, { id, attempts: 9, queuedAtMs })).isDone).toBe(true);
    expect(sent).toEqual([]);
    expect((await letter(id))?.why).toMatch(/ran out/);
  });
});

describe('what is kept and logged', () => {
  const secretive: [OutgoingMessage, string[]][] = [
    [code, ['918273', 'a-token', '447700912345']],
    [{ kind: 'staff_invitation', invitationId: 'inv_1', token: 'invitation-token' }, ['invitation-token']],
    [
      { kind: 'account_notice', personId: 'per_1', what: 'account_erased', atMs: 1, email: 'gone@readers.example' },
      ['gone@readers.example', 'readers.example'],
    ],
  ];

  it.each(secretive)('holds no secret and no address of %o', async (message, secrets) => {
    const id = crypto.randomUUID();
    const { made } = services({ ...refused, why: 'Resend answered 422' });
    await deliverMessage(made, message, { id });
    await deliverDead(made, message, { id });
    const kept = `${JSON.stringify(await letter(id))}\n${said.join('\n')}`;
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });
});

describe('a notice about an account', () => {
  const notice = (personId: string) =>
    ({ kind: 'account_notice', personId, what: 'new_device', atMs: Date.UTC(2026, 10, 22, 20, 15) }) as const;

  it('goes out by mail and to every browser that asked, each by itself', async () => {
    const personId = await person({ email: `${crypto.randomUUID()}@readers.example` });
    await phone(personId);
    await phone(personId);
    const { made, sent, queued } = services({ sent: true });
    await deliverMessage(made, notice(personId));
    expect(sent).toEqual([]);
    expect(queued.map((message) => (message.kind === 'account_notice' ? message.by?.channel : ''))).toEqual([
      'email',
      'push',
      'push',
    ]);
    for (const message of queued) await deliverMessage(made, message);
    expect(sent.map(({ channel }) => channel)).toEqual(['email', 'push', 'push']);
    // One notice in a browser's list, however often it is delivered.
    const tags = sent.flatMap((message) => (message.channel === 'push' ? [message.tag] : []));
    expect(new Set(tags).size).toBe(1);
  });

  it('is a text for whoever gave only a phone number', async () => {
    const personId = await person({ phone: `+1555${String(Date.now()).slice(-7)}` });
    const { made, sent, queued } = services({ sent: true });
    await deliverMessage(made, notice(personId));
    for (const message of queued) await deliverMessage(made, message);
    expect(sent).toMatchObject([{ channel: 'sms', text: expect.stringContaining('new device') }]);
  });

  it('reaches nobody once the person is erased, and that is no failure', async () => {
    const personId = await person();
    const { made, sent, queued } = services({ sent: true });
    expect((await deliverMessage(made, notice(personId))).isDone).toBe(true);
    expect([sent, queued]).toEqual([[], []]);
  });

  it('that the account is deleted goes to the address it had', async () => {
    const personId = await person();
    const { made, sent, queued } = services({ sent: true });
    const email = `${crypto.randomUUID()}@readers.example`;
    await deliverMessage(made, { ...notice(personId), what: 'account_erased', email });
    for (const message of queued) await deliverMessage(made, message);
    expect(sent).toMatchObject([{ channel: 'email', to: email }]);
    expect(sent[0]).not.toHaveProperty('text', expect.stringContaining('http'));
  });

  it('forgets a browser that dropped its subscription, and is no dead letter', async () => {
    const personId = await person();
    const endpoint = await phone(personId, '/http410');
    const { made, queued } = services({ sent: true });
    await deliverMessage(made, notice(personId));
    const id = crypto.randomUUID();
    expect((await deliverMessage({ ...made, messages: base.messages }, queued[0]!, { id })).isDone).toBe(true);
    expect(await db.select().from(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint))).toEqual([]);
    expect(await letter(id)).toBeUndefined();
  });
});
