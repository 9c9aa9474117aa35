import { Hono } from 'hono';
import * as v from 'valibot';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { signIn, signOut, viewerOf } from '#workers/http/session.ts';
import { completeSignIn, requestSignIn } from '#workers/operations/sign-in.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { contactSchema } from './contact.ts';
import { LinkPage } from './pages/link.tsx';
import { SignInPage, SignInSentPage } from './pages/sign-in.tsx';

const words = messages.signIn;
const tokenSchema = v.object({ token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)) });

/** Sign-in by a mailed link. Whether an address is known shows nowhere. */
export const signInDoor = new Hono<AppEnv>()
  .get(routes.signIn, (c) => {
    if (c.var.person !== undefined) return c.redirect(pathTo('wallet'), 303);
    return c.html(<SignInPage viewer={viewerOf(c)} email="" error={undefined} />);
  })
  .post(routes.signIn, async (c) => {
    const form = await parseForm(c, v.object({ email: v.string() }));
    const typed = form.ok ? form.value.email.slice(0, 254) : '';
    const email = v.safeParse(contactSchema.entries.email, typed);
    if (!email.success) {
      return c.html(<SignInPage viewer={viewerOf(c)} email={typed} error={words.emailError} />, 422);
    }
    await requestSignIn(c.var.services, email.output);
    c.header('Cache-Control', 'no-store');
    return c.html(<SignInSentPage email={email.output} />);
  })
  .get(routes.signInLink, (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const { linkTitle, linkDetail, linkButton } = words;
    const token = c.req.query('t') ?? '';
    const action = pathTo('signInLink');
    return c.html(<LinkPage title={linkTitle} detail={linkDetail} button={linkButton} action={action} token={token} />);
  })
  .post(routes.signInLink, async (c) => {
    const form = await parseForm(c, tokenSchema);
    const personId = form.ok ? await completeSignIn(c.var.services, form.value.token) : form;
    if (!personId.ok) return refuse(c, { code: 'link_expired' });
    await signIn(c, personId.value);
    return c.redirect(pathTo('wallet'), 303);
  })
  .post(routes.signOut, async (c) => {
    await signOut(c);
    return c.redirect(pathTo('home'), 303);
  });
