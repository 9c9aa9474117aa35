import { Hono } from 'hono';
import { savePushSubscription } from '#d1/queries/push-subscriptions.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { loadSession } from '#workers/http/session.ts';
import type { LocalEnv } from '../env.ts';
import { mailboxOf } from './mailbox.ts';
import { MailboxPage, MessagePage } from './pages.tsx';
import { phoneEndpoint } from './push-sandbox.ts';
import { makePhoneKeys } from './unseal.ts';

/** Where everything this machine would have sent is read. */
export const mailboxDoor = new Hono<AppEnv>()
  .get('/local/mailbox', async (c) => {
    await loadSession(c);
    const { person, services } = c.var;
    const vapidKey = person === undefined ? undefined : services.settings.vapid?.publicKey;
    return c.html(<MailboxPage received={await received(c)} vapidKey={vapidKey} />);
  })
  .post('/local/mailbox/phones', async (c) => {
    await loadSession(c);
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    await addPhone(c, person.personId, services.clock());
    return c.redirect('/local/mailbox', 303);
  })
  .get('/local/mailbox/:id', async (c) => {
    const message = await find(c, c.req.param('id'));
    if (message === undefined) return refuse(c, { code: 'not_found' });
    return c.html(<MessagePage message={message} />, 200, { 'Content-Security-Policy': messagePagePolicy });
  })
  .get('/local/mailbox/:id/body', async (c) => {
    const message = await find(c, c.req.param('id'));
    if (message?.html === undefined) return refuse(c, { code: 'not_found' });
    // Links leave the frame, as they leave a mail program.
    const html = message.html.replace('<head>', '<head><base target="_blank">');
    return c.html(html, 200, { 'Content-Security-Policy': mailBodyPolicy });
  });

/** As any page's, and it frames the mail. */
const messagePagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Mails carry their styles inline, as mail programs want them. */
const mailBodyPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

async function addPhone(c: AppContext, personId: string, createdAtMs: number): Promise<void> {
  const keys = await makePhoneKeys();
  const endpoint = phoneEndpoint(crypto.randomUUID());
  await mailboxOf(c.env as LocalEnv).keepPhone(endpoint, keys);
  const { p256dh, auth } = keys;
  await savePushSubscription(c.var.services.db, { endpoint, personId, p256dh, auth, createdAtMs });
}

function received(c: AppContext) {
  return mailboxOf(c.env as LocalEnv).list();
}

async function find(c: AppContext, id: string) {
  return (await received(c)).find((message) => message.id === id);
}
