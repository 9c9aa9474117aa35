import { Hono } from 'hono';
import * as v from 'valibot';
import { may, platformBusinessId } from '#shared/access/permissions.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { showProjectionHealth, tryAgain } from '#workers/operations/projection-health.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { OperationsPage } from './pages/operations.tsx';

const againSchema = v.object({ source: v.pipe(v.string(), v.regex(/^(?:inventory|desk):[\w-]{1,60}$/)) });

/** How the read models keep up with the objects: the platform's own people look after it. */
export const operations = new Hono<AppEnv>()
  .get(routes.studioOperations, (c) =>
    operatorOf(c) === undefined ? refuse(c, fail('not_permitted').failure) : draw(c, undefined),
  )
  .post(routes.studioOperations, async (c) => {
    const operator = operatorOf(c);
    if (operator === undefined) return refuse(c, fail('not_permitted').failure);
    const form = await parseForm(c, againSchema);
    if (!form.ok) return refuse(c, form.failure);
    const done = await tryAgain(c.var.services, form.value.source, operator);
    return done.ok ? c.redirect(pathTo('studioOperations'), 303) : draw(c, done.failure);
  });

/** The id of whoever may; a role in some business is not enough, since logs of all businesses are listed. */
function operatorOf(c: AppContext): string | undefined {
  const { person } = c.var;
  const isOperator = person !== undefined && may(person.memberships, 'operations.manage', platformBusinessId);
  return isOperator ? person.personId : undefined;
}

async function draw(c: AppContext, failure: Failure | undefined): Promise<Response> {
  const problem = failure === undefined ? undefined : problemOf(failure);
  const health = await showProjectionHealth(c.var.services);
  c.header('Cache-Control', 'no-store');
  return c.html(<OperationsPage viewer={viewerOf(c)} health={health} problem={problem} />, problem?.status ?? 200);
}
