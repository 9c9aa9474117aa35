import { Hono } from 'hono';
import * as v from 'valibot';
import { dayMs, startOfDay } from '#shared/time.ts';
import { auditActions } from '#shared/trail/audit.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { auditExportMax, auditPage, auditPeople, auditZone, exportAudit } from '#workers/operations/read-audit.ts';
import { routes } from '#workers/routes.ts';
import { AuditPage } from './pages/audit.tsx';
import { toolsOf } from './tools-of.ts';
import type { AuditChoice } from './views.ts';

const choice = <Schema extends v.GenericSchema<unknown, string>>(schema: Schema) =>
  v.optional(v.union([v.literal(''), schema]), '');
const day = v.pipe(
  v.string(),
  v.regex(/^20\d\d-\d\d-\d\d$/),
  v.check((text) => startOfDay(text, 'UTC') !== undefined),
);
const id = v.pipe(v.string(), v.trim(), v.regex(/^[\w-]{1,80}$/));
/** Ids and codes only: nobody's name or address belongs in an address bar. */
const choiceSchema = v.object({
  action: choice(v.picklist(auditActions)),
  actor: choice(id),
  subject: choice(id),
  from: choice(day),
  until: choice(day),
});
const cursorSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}\.aud_\w{1,40}$/),
  v.transform((text) => {
    const dot = text.indexOf('.');
    return { atMs: Number(text.slice(0, dot)), id: text.slice(dot + 1) };
  }),
);
const nothing: AuditChoice = { action: '', actor: '', subject: '', from: '', until: '' };

/** Who did what. Reading it is a permission; taking it away leaves a trace of its own. */
export const studioAudit = new Hono<AppEnv>()
  .get(routes.studioAudit, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const { before, ...query } = c.req.query();
    const asked = parseWith(choiceSchema, query);
    const chosen = asked.ok ? asked.value : nothing;
    const cursor = before === undefined ? undefined : v.safeParse(cursorSchema, before);
    const zone = await auditZone(services, person);
    const [page, people] = await Promise.all([
      auditPage(services, person, filterOf(chosen, zone), cursor?.success ? cursor.output : undefined),
      auditPeople(services, person),
    ]);
    const isMisread = !asked.ok || cursor?.success === false;
    c.header('Cache-Control', 'no-store');
    const view = { ...page, people, zone, chosen, isMisread, isFirst: cursor === undefined, exportMax: auditExportMax };
    return c.html(<AuditPage viewer={viewerOf(c)} tools={toolsOf(person)} audit={view} />, isMisread ? 422 : 200);
  })
  .post(routes.studioAuditExport, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const form = await parseForm(c, choiceSchema);
    if (!form.ok) return refuse(c, form.failure);
    const zone = await auditZone(services, person);
    const csv = await exportAudit(services, person, filterOf(form.value, zone));
    return c.body(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit.csv"',
      'Cache-Control': 'no-store',
    });
  });

function filterOf({ action, actor, subject, from, until }: AuditChoice, zone: string) {
  return {
    action: action === '' ? undefined : action,
    actorId: actor === '' ? undefined : actor,
    subjectId: subject === '' ? undefined : subject,
    fromMs: from === '' ? undefined : startOfDay(from, zone),
    // A day of 23 or 25 hours ends where the next begins.
    untilMs: until === '' ? undefined : startOfDay(dayAfter(until), zone),
  };
}

function dayAfter(isoDay: string): string {
  return new Date(Date.parse(isoDay) + dayMs).toISOString().slice(0, 10);
}
