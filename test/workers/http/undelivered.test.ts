import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, deadLetters } from '#d1/schema/index.ts';
import { platformBusinessId } from '#shared/access/permissions.ts';
import { dayMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import { sweep } from '#workers/background/sweep.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { keepDeadLetter, letGo, sendAgain } from '#workers/operations/dead-letters.ts';
import { pathTo } from '#workers/routes.ts';
import { servicesOf } from '#workers/services.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { businessId, signedIn, visit } from './site.ts';

const base = servicesOf(environment);
const words = messages.undelivered;
const queued: OutgoingMessage[] = [];
const services = { ...base, queueMessage: async (message: OutgoingMessage) => void queued.push(message) };
const path = pathTo('studioMessages');
const operator = () => signedIn({ businessId: platformBusinessId, role: 'platform_admin' });

beforeEach(() => {
  queued.length = 0;
});

async function lost(message: OutgoingMessage) {
  const id = crypto.randomUUID();
  await keepDeadLetter(base, { id, message, why: 'Resend answered 422' });
  return `dlt_${id}`;
}

const order = () => ({ kind: 'order_confirmation', orderId: `ord_${crypto.randomUUID()}` }) as const;
const code: OutgoingMessage = {
  kind: 'one_time_code',
  purpose: 'sign_in',
  to: { channel: 'email', address: 'reader@readers.example' },
  code: '918273',
};

async function letter(id: string) {
  const [found] = await base.db.select().from(deadLetters).where(eq(deadLetters.id, id));
  return found;
}

const trailOf = (id: string) => base.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));

function press(headers: Record<string, string>, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  return visit(path, { method: 'POST', headers, body });
}

describe('sending again', () => {
  it('queues the message as it was, and leaves a trace of who did it', async () => {
    const message = order();
    const id = await lost(message);
    expect((await sendAgain(services, id, 'per_operator')).ok).toBe(true);
    expect(queued).toEqual([message]);
    expect(await letter(id)).toMatchObject({ settledAs: 'sent_again', settledBy: 'per_operator' });
    expect(await trailOf(id)).toMatchObject([{ action: 'message.sent_again', actorId: 'per_operator' }]);
  });

  it('happens once, however many press at once', async () => {
    const id = await lost(order());
    const answers = await Promise.all([1, 2, 3].map((one) => sendAgain(services, id, `per_${one}`)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(queued).toHaveLength(1);
    expect((await letGo(services, id, 'per_late')).ok).toBe(false);
    expect(await trailOf(id)).toHaveLength(1);
  });

  it('is no way to deliver a code late', async () => {
    const id = await lost(code);
    expect(await sendAgain(services, id, 'per_operator')).toMatchObject({ failure: { code: 'message_not_whole' } });
    expect(queued).toEqual([]);
    expect((await letGo(services, id, 'per_operator')).ok).toBe(true);
  });

  it('leaves the letter open when the queue does not take it', async () => {
    const id = await lost(order());
    const away = { ...services, queueMessage: () => Promise.reject(new Error('the queue is away')) };
    await expect(sendAgain(away, id, 'per_operator')).rejects.toThrow('away');
    expect(await letter(id)).toMatchObject({ settledAtMs: null, settledBy: null, settledAs: null });
    expect((await sendAgain(services, id, 'per_operator')).ok).toBe(true);
  });
});

describe('a letter that was settled', () => {
  it('is deleted after some months, and one that was not stays', async () => {
    const [settled, open] = [await lost(order()), await lost(order())];
    await letGo(services, settled, 'per_operator');
    await sweep({ ...base, clock: () => Date.now() + 89 * dayMs });
    expect(await letter(settled)).toBeDefined();
    await sweep({ ...base, clock: () => Date.now() + 91 * dayMs });
    expect(await letter(settled)).toBeUndefined();
    expect(await letter(open)).toMatchObject({ settledAtMs: null });
  });
});

describe('the page of undelivered messages', () => {
  it('shows what failed and why, and whom it was about by id alone', async () => {
    const message = order();
    await lost(message);
    await lost(code);
    const page = await (await visit(path, { headers: await operator() })).text();
    for (const shown of [message.orderId, 'Resend answered 422', words.notAgain.one_time_code]) {
      expect(page).toContain(shown);
    }
    expect(page).not.toContain('918273');
    expect(page).not.toContain('reader@readers.example');
  });

  it('lets a letter go by one press; the second is told that it was settled', async () => {
    const id = await lost(order());
    const headers = await operator();
    expect((await press(headers, { letter: id, action: 'let_go' })).status).toBe(303);
    expect(await letter(id)).toMatchObject({ settledAs: 'let_go' });
    expect((await press(headers, { letter: id, action: 'send_again' })).status).toBe(409);
    expect(await (await visit(path, { headers })).text()).not.toContain(id);
  });

  it.each([
    ['nobody in particular', [], 401],
    ['an owner of some business', [{ businessId, role: 'owner' } as const], 403],
    ['a platform admin of a business that is not the platform', [{ businessId, role: 'platform_admin' } as const], 403],
  ])('is closed to %s', async (_who, granted, status) => {
    const headers = granted.length === 0 ? {} : await signedIn(...granted);
    const id = await lost(order());
    expect((await visit(path, { headers })).status).toBe(status);
    const origin = 'https://expo.example';
    expect((await press({ ...headers, origin }, { letter: id, action: 'let_go' })).status).toBe(status);
    expect(await letter(id)).toMatchObject({ settledAtMs: null });
  });

  it.each([
    [{ letter: 'dlt_unknown', action: 'let_go' }, 404],
    [{ letter: 'dlt_unknown', action: 'send_again' }, 404],
    [{ letter: "dlt_' OR 1=1", action: 'let_go' }, 400],
    [{ letter: 'dlt_unknown', action: 'delete' }, 400],
  ])('refuses %o', async (fields, status) => {
    expect((await press(await operator(), fields)).status).toBe(status);
  });
});
