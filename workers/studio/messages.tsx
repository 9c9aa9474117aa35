import { Hono } from 'hono';
import * as v from 'valibot';
import { shownDeadLetters } from '#d1/queries/dead-letters.ts';
import { may, platformBusinessId } from '#shared/access/permissions.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { letGo, listDeadLetters, sendAgain } from '#workers/operations/dead-letters.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { UndeliveredPage } from './pages/undelivered.tsx';

const settleSchema = v.object({
  letter: v.pipe(v.string(), v.regex(/^dlt_[\w-]{1,80}$/)),
  action: v.picklist(['send_again', 'let_go']),
});

/** What could not be delivered: the platform's own people look after it. */
export const undelivered = new Hono<AppEnv>()
  .get(routes.studioMessages, async (c) => {
    const operator = operatorOf(c);
    return operator === undefined ? refuse(c, fail('not_permitted').failure) : draw(c, undefined);
  })
  .post(routes.studioMessages, async (c) => {
    const operator = operatorOf(c);
    if (operator === undefined) return refuse(c, fail('not_permitted').failure);
    const form = await parseForm(c, settleSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { letter, action } = form.value;
    const settle = action === 'send_again' ? sendAgain : letGo;
    const settled = await settle(c.var.services, letter, operator);
    return settled.ok ? c.redirect(pathTo('studioMessages'), 303) : draw(c, settled.failure);
  });

/** The id of whoever may; a role in some business is not enough, since messages belong to no business. */
function operatorOf(c: AppContext): string | undefined {
  const { person } = c.var;
  const isOperator = person !== undefined && may(person.memberships, 'operations.manage', platformBusinessId);
  return isOperator ? person.personId : undefined;
}

async function draw(c: AppContext, failure: Failure | undefined): Promise<Response> {
  const problem = failure === undefined ? undefined : problemOf(failure);
  const letters = await listDeadLetters(c.var.services);
  const isFull = letters.length >= shownDeadLetters;
  c.header('Cache-Control', 'no-store');
  return c.html(
    <UndeliveredPage viewer={viewerOf(c)} letters={letters} isFull={isFull} problem={problem} />,
    problem?.status ?? 200,
  );
}
