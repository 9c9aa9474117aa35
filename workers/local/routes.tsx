import { Hono } from 'hono';
import { demoPeople } from '#scripts/seed/content/people.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { signIn } from '#workers/http/session.ts';
import { pathTo } from '#workers/routes.ts';
import { bankCounter } from './bank/routes.tsx';
import type { LocalEnv } from './env.ts';
import { mailboxOf } from './mail-sandbox.ts';
import { DemoSignInPage } from './pages/demo-sign-in.tsx';
import { MailboxPage, MailPage } from './pages/mailbox.tsx';

/** The bank, the mailbox and the demo sign-ins: absent from the deployed bundle, which a test checks. */
export const localDoor = new Hono<AppEnv>()
  .route('/', bankCounter)
  .get('/local/sign-in', (c) => {
    const people = demoPeople.map(({ id, name, email, purpose }) => ({ id, name, email, what: purpose }));
    return c.html(<DemoSignInPage people={people} />);
  })
  .post('/local/sign-in', async (c) => {
    const form = await c.req.parseBody();
    const person = demoPeople.find(({ id }) => id === form['person']);
    if (person === undefined) return refuse(c, { code: 'not_found' });
    await signIn(c, person.id);
    return c.redirect(person.memberships.length > 0 ? pathTo('gate') : pathTo('wallet'), 303);
  })
  .get('/local/mailbox', async (c) => {
    const mails = await mailboxOf(localEnv(c)).list();
    return c.html(<MailboxPage messages={mails.map((mail) => ({ ...mail, kind: 'email' }))} />);
  })
  .get('/local/mailbox/:id', async (c) => {
    const mail = await findMail(c, c.req.param('id'));
    if (mail === undefined) return refuse(c, { code: 'not_found' });
    return c.html(<MailPage message={mail} />, 200, { 'Content-Security-Policy': mailPagePolicy });
  })
  .get('/local/mailbox/:id/body', async (c) => {
    const mail = await findMail(c, c.req.param('id'));
    if (mail === undefined) return refuse(c, { code: 'not_found' });
    // Links leave the frame, as they leave a mail program.
    const html = mail.html.replace('<head>', '<head><base target="_blank">');
    return c.html(html, 200, { 'Content-Security-Policy': mailBodyPolicy });
  });

/** As any page's, and it frames the mail. */
const mailPagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Mails carry their styles inline, as mail programs want them. */
const mailBodyPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

async function findMail(c: AppContext, id: string) {
  return (await mailboxOf(localEnv(c)).list()).find((mail) => mail.id === id);
}

function localEnv(c: AppContext): LocalEnv {
  return c.env as LocalEnv;
}
