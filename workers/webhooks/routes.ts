import { Hono } from 'hono';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { hearWebhook } from '#workers/operations/pay-order.ts';
import { routes } from '#workers/routes.ts';
import { problemDetails } from '#workers/ui/messages/problems.ts';

/** Where gateways tell us what happened. Only a 2xx answer keeps them from telling it again, so it is given last. */
export const webhooks = new Hono<AppEnv>().post(routes.stripeWebhook, async (c) => {
  const { services } = c.var;
  // As it came: the signature is over these bytes, not over what they mean.
  const body = await c.req.text();
  const heard = await hearWebhook(services, body, c.req.header('stripe-signature') ?? '');
  if (heard.ok) return c.json({ received: true });
  return problem(c, heard.failure.code === 'webhook_forged' ? heard.failure : fail('internal_error').failure);
});

/** Gateways accept any type and read none of it: they get problem details, not a page for people. */
function problem(c: AppContext, failure: Failure): Response {
  const details = problemDetails(failure);
  return c.body(JSON.stringify(details), details.status, { 'Content-Type': 'application/problem+json' });
}
