import { Hono } from 'hono';
import * as v from 'valibot';
import { pinShape } from '#shared/access/pin.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { choosePin, pinPlaces } from '#workers/operations/staff-pin.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf, type ProblemStatus } from '#workers/ui/messages/problems.ts';
import { PinPage } from './pages/pin.tsx';

const words = messages.pin;
const pinSchema = v.object({
  business: v.pipe(v.string(), v.regex(/^biz_\w{1,60}$/)),
  pin: v.pipe(v.string(), v.trim(), v.regex(pinShape)),
});

/** What members set for themselves. */
export const studioStaff = new Hono<AppEnv>()
  .get(routes.studioPin, (c) => draw(c, undefined, undefined))
  .post(routes.studioPin, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const stop = requireRecentProof(c, pathTo('studioPin'));
    if (stop !== undefined) return stop;
    const form = await parseForm(c, pinSchema);
    // What was typed is never shown again: it may be right for another business.
    if (!form.ok) return draw(c, undefined, words.shapeError, 422);
    const { business: businessId, pin } = form.value;
    const chosen = await choosePin(services, person, { businessId, pin });
    if (!chosen.ok && chosen.failure.code === 'not_permitted') return refuse(c, chosen.failure);
    if (!chosen.ok) {
      const { detail, status } = problemOf(chosen.failure);
      return draw(c, businessId, status === 429 ? words.enough : detail, status);
    }
    return c.redirect(`${pathTo('studioPin')}?did=saved`, 303);
  });

async function draw(
  c: AppContext,
  chosen: string | undefined,
  error: string | undefined,
  status: ProblemStatus | 200 = 200,
): Promise<Response> {
  const { person, services } = c.var;
  if (person === undefined) return refuse(c, { code: 'sign_in_required' });
  const places = await pinPlaces(services, person);
  const view = { places, chosen, error, isSaved: c.req.query('did') === 'saved' && error === undefined };
  c.header('Cache-Control', 'no-store');
  return c.html(<PinPage viewer={viewerOf(c)} pin={view} />, status);
}
