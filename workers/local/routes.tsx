import { Hono } from 'hono';
import { demoPeople } from '#scripts/seed/content/people.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { enter } from '#workers/account/enter.ts';
import { pathTo } from '#workers/routes.ts';
import { bankCounter } from './bank/routes.tsx';
import { mailboxDoor } from './mailbox/routes.tsx';
import { DemoSignInPage } from './pages/demo-sign-in.tsx';

/** The bank, the mailbox and the demo sign-ins: absent from the deployed bundle, which a test checks. */
export const localDoor = new Hono<AppEnv>()
  .route('/', bankCounter)
  .route('/', mailboxDoor)
  .get('/local/sign-in', (c) => {
    const people = demoPeople.map(({ id, name, email, purpose }) => ({ id, name, email, what: purpose }));
    return c.html(<DemoSignInPage people={people} />);
  })
  .post('/local/sign-in', async (c) => {
    const form = await c.req.parseBody();
    const person = demoPeople.find(({ id }) => id === form['person']);
    if (person === undefined) return refuse(c, { code: 'not_found' });
    await enter(c, person.id, 'demo');
    return c.redirect(person.memberships.length > 0 ? pathTo('gate') : pathTo('wallet'), 303);
  });
