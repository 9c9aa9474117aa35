import { Hono } from 'hono';
import * as v from 'valibot';
import type { Verdict } from '#shared/admission/verdict.ts';
import { fail, type Failure, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseJson, parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { routes } from '#workers/routes.ts';
import { problemDetails } from '#workers/ui/messages/problems.ts';
import { staffedEvent, type Staffed } from './at-gate.ts';
import { decideRedemption, decideScans, decideUndo } from './decide.ts';
import { redemptionSchema, scanSchema, undoSchema, type Scan } from './requests.ts';

/** Items of a batch that are decided; the rest is refused one by one, and can be sent next. */
const scansAtOnce = 1_000;

/** Items are read one by one, so that a malformed one spoils only itself. */
const batchSchema = v.object({ scans: v.array(v.unknown()) });

/** A gate's work for programs: handheld scanners, turnstiles, partners' apps. */
export const gateApi = new Hono<AppEnv>()
  .post(routes.apiScans, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuse(c, staffed.failure);
    const body = await parseJson(c, v.unknown());
    if (!body.ok) return refuse(c, body.failure);
    c.header('Cache-Control', 'no-store');
    const batch = v.safeParse(batchSchema, body.value);
    if (batch.success) return c.json({ answers: await decideBatch(c, staffed.value, batch.output.scans) });
    const scan = parseWith(scanSchema, body.value);
    if (!scan.ok) return refuse(c, scan.failure);
    const [verdict = fail('internal_error')] = await decideScans(c, staffed.value, [scan.value]);
    return verdict.ok ? c.json(verdict.value) : refuse(c, verdict.failure);
  })
  .post(routes.apiRedemptions, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.redeem');
    if (!staffed.ok) return refuse(c, staffed.failure);
    const body = await parseJson(c, redemptionSchema);
    if (!body.ok) return refuse(c, body.failure);
    return answer(c, await decideRedemption(c, staffed.value, body.value));
  })
  .post(routes.apiUndo, async (c) => {
    const staffed = await staffedEvent(c, c.req.param('slug'), 'gate.scan');
    if (!staffed.ok) return refuse(c, staffed.failure);
    const body = await parseJson(c, undoSchema);
    if (!body.ok) return refuse(c, body.failure);
    return answer(c, await decideUndo(c, staffed.value, body.value));
  });

function answer(c: AppContext, result: Result<object>): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store');
  return result.ok ? c.json(result.value) : refuse(c, result.failure);
}

type ItemAnswer =
  | { readonly scanId: string; readonly verdict: Verdict }
  | { readonly scanId: string | null; readonly problem: ReturnType<typeof problemDetails> };

/** An answer for each item, in their order: a verdict, or why there is none. */
async function decideBatch(c: AppContext, staffed: Staffed, items: readonly unknown[]): Promise<ItemAnswer[]> {
  const read = items.map((item, index): Result<Scan> => {
    return index < scansAtOnce ? parseWith(scanSchema, item) : fail('batch_too_large', { max: scansAtOnce });
  });
  const decided = await decideScans(
    c,
    staffed,
    read.flatMap((item) => (item.ok ? [item.value] : [])),
  );
  let next = 0;
  return read.map((item, index) => {
    if (!item.ok) return refused(idOf(items[index]), item.failure);
    const verdict = decided[next] ?? fail('internal_error');
    next += 1;
    const { scanId } = item.value;
    return verdict.ok ? { scanId, verdict: verdict.value } : refused(scanId, verdict.failure);
  });
}

function refused(scanId: string | null, failure: Failure): ItemAnswer {
  return { scanId, problem: problemDetails(failure) };
}

const named = v.object({ scanId: v.pipe(v.string(), v.maxLength(80)) });

/** The id an unreadable item bears, so that its sender can tell which it was. */
function idOf(item: unknown): string | null {
  const read = v.safeParse(named, item);
  return read.success ? read.output.scanId : null;
}
