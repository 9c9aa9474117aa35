import { Hono } from 'hono';
import * as v from 'valibot';
import { fail } from '#shared/result.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { dropPush, keepPush } from '#workers/operations/keep-push.ts';
import { routes } from '#workers/routes.ts';

const endpoint = v.pipe(v.string(), v.url(), v.maxLength(1_000));

/** A browser's subscription as `PushSubscription.toJSON()` writes it: a P-256 point and sixteen bytes, base64url. */
const subscriptionSchema = v.object({
  endpoint,
  keys: v.object({
    p256dh: v.pipe(v.string(), v.regex(/^[\w-]{87}$/)),
    auth: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
  }),
});

const goneSchema = v.object({ endpoint });

/** Which of a person's browsers get push messages. Spoken to by an island: a page alone cannot subscribe a browser. */
export const push = new Hono<AppEnv>()
  .post(routes.accountPush, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, fail('sign_in_required').failure);
    const body = await parseJson(c, subscriptionSchema);
    if (!body.ok) return refuse(c, body.failure);
    const { endpoint: to, keys } = body.value;
    const kept = await keepPush(services, person.personId, { endpoint: to, ...keys });
    return kept.ok ? c.body(null, 204) : refuse(c, kept.failure);
  })
  .delete(routes.accountPush, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, fail('sign_in_required').failure);
    const body = await parseJson(c, goneSchema);
    if (!body.ok) return refuse(c, body.failure);
    await dropPush(services, person.personId, body.value.endpoint);
    return c.body(null, 204);
  });
