import * as v from 'valibot';
import { overrideCauses } from '#shared/admission/verdict.ts';
import { ok } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { parseForm, parseWith } from '#workers/http/parse.ts';

/** What gates send, by forms and as JSON. */

const key = v.pipe(v.string(), v.regex(/^[\w-]{8,80}$/));
const gateId = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const code = v.pipe(v.string(), v.trim(), v.maxLength(1_024));
const ticketId = v.pipe(v.string(), v.regex(/^tkt_[0-9A-HJKMNP-TV-Z]{13}$/));
const direction = v.picklist(['in', 'out']);
const identity = v.picklist(['name', 'document']);
const cause = v.picklist(overrideCauses);
const degrees = (max: number) => v.pipe(v.number(), v.minValue(-max), v.maxValue(max));
const location = v.object({ latitude: degrees(90), longitude: degrees(180) });
const deviceAtMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const quantity = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100));

/** `code` as read or typed; `ticketId` instead of it, for a ticket that was looked up. */
export const scanSchema = v.pipe(
  v.object({
    scanId: key,
    gateId,
    code: v.optional(code, ''),
    ticketId: v.optional(ticketId),
    direction: v.optional(direction),
    identity: v.optional(identity),
    override: v.optional(v.object({ cause })),
    location: v.optional(location),
    deviceAtMs: v.optional(deviceAtMs),
  }),
  v.check(({ code: shown, ticketId: found }) => shown !== '' || found !== undefined, 'A code or a ticket.'),
);
export type Scan = v.InferOutput<typeof scanSchema>;

export const redemptionSchema = v.object({
  redemptionId: key,
  gateId,
  code: v.pipe(code, v.minLength(1)),
  benefitId: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  quantity: v.optional(quantity, 1),
  location: v.optional(location),
  deviceAtMs: v.optional(deviceAtMs),
});
export type Redemption = v.InferOutput<typeof redemptionSchema>;

export const undoSchema = v.object({
  scanId: key,
  gateId,
  /** Which way the gate's page was counting: it goes on so. */
  direction: v.optional(direction),
  location: v.optional(location),
  deviceAtMs: v.optional(deviceAtMs),
});
export type Undo = v.InferOutput<typeof undoSchema>;

/** A field left empty is a field not sent. */
const unless = <Schema extends v.GenericSchema<string>>(schema: Schema) =>
  v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  );

const scanForm = v.object({
  scan_id: key,
  gate: gateId,
  code: v.optional(code, ''),
  ticket_id: unless(ticketId),
  direction: v.optional(direction),
  identity: unless(identity),
  cause: unless(cause),
});

export async function readScanForm(c: AppContext) {
  const form = await parseForm(c, scanForm);
  return form.ok ? parseWith(scanSchema, scanOfForm(form.value)) : form;
}

function scanOfForm(form: v.InferOutput<typeof scanForm>) {
  return {
    scanId: form.scan_id,
    gateId: form.gate,
    code: form.code,
    ...(form.ticket_id !== undefined && { ticketId: form.ticket_id }),
    ...(form.direction !== undefined && { direction: form.direction }),
    ...(form.identity !== undefined && { identity: form.identity }),
    ...(form.cause !== undefined && { override: { cause: form.cause } }),
  };
}

const redemptionForm = v.object({
  redemption_id: key,
  gate: gateId,
  code: v.pipe(code, v.minLength(1)),
  benefit: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  quantity: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), quantity), '1'),
});

export async function readRedemptionForm(c: AppContext) {
  const form = await parseForm(c, redemptionForm);
  if (!form.ok) return form;
  const { redemption_id: redemptionId, gate, code: shown, benefit: benefitId, quantity: count } = form.value;
  return ok({ redemptionId, gateId: gate, code: shown, benefitId, quantity: count });
}

export async function readUndoForm(c: AppContext) {
  const form = await parseForm(c, v.object({ scan_id: key, gate: gateId, direction: v.optional(direction) }));
  if (!form.ok) return form;
  return ok({ scanId: form.value.scan_id, gateId: form.value.gate, direction: form.value.direction });
}
