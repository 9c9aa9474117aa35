import * as v from 'valibot';
import { signatureShape } from '../access/device-proof.ts';
import { overrideCauses } from '../admission/verdict.ts';

/** What a scanner says over its socket. Apart from what it hears, so that its page carries no schemas. */

const key = v.pipe(v.string(), v.minLength(8), v.maxLength(80));
const code = v.pipe(v.string(), v.maxLength(400));
const degrees = (max: number) => v.pipe(v.number(), v.minValue(-max), v.maxValue(max));
const where = {
  location: v.optional(v.object({ latitude: degrees(90), longitude: degrees(180) })),
  deviceAtMs: v.optional(v.pipe(v.number(), v.safeInteger())),
};

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** How a scanner is, as it says itself. */
const status = {
  /** Scans of its own log that the event has not acknowledged. */
  waiting: instant,
  /** When its manifest was signed, and how far its clock is behind the event's. */
  manifestAtMs: v.optional(instant),
  offsetMs: v.optional(v.pipe(v.number(), v.safeInteger())),
};

export type ScannerStatus = {
  readonly waiting: number;
  readonly manifestAtMs?: number | undefined;
  readonly offsetMs?: number | undefined;
};

export const fromScannerSchema = v.variant('t', [
  v.object({
    t: v.literal('prove'),
    deviceId: key,
    /** Of `deviceProofText('socket', nonce)`. */
    signature: v.pipe(v.string(), v.regex(signatureShape)),
    /** The newest `seq` it has, from before it lost its connection. */
    since: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  }),
  v.object({
    t: v.literal('scan'),
    /** The scan's idempotency key: sent again after a reconnect, it gets the same answer. */
    id: key,
    code,
    ticketId: v.optional(v.pipe(v.string(), v.maxLength(40))),
    /** For those who walk about; a steward's scanner is at the gate it was enrolled for. */
    gateId: v.optional(v.pipe(v.string(), v.maxLength(40))),
    direction: v.optional(v.picklist(['in', 'out'])),
    identity: v.optional(v.picklist(['name', 'document'])),
    override: v.optional(v.object({ cause: v.picklist(overrideCauses) })),
    ...where,
  }),
  v.object({
    t: v.literal('redeem'),
    id: key,
    code,
    benefitId: v.pipe(v.string(), v.maxLength(40)),
    quantity: v.number(),
    gateId: v.optional(v.pipe(v.string(), v.maxLength(40))),
    ...where,
  }),
  v.object({ t: v.literal('undo'), id: key }),
  v.object({ t: v.literal('status'), ...status }),
]);

export type FromScanner = v.InferOutput<typeof fromScannerSchema>;
