import { Hono } from 'hono';
import * as v from 'valibot';
import { publicKeyShape, signatureShape } from '#shared/access/device-proof.ts';
import { may } from '#shared/access/permissions.ts';
import { isSeen } from '#shared/people/unseen.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { isProved, makeNonce, readGateDevice, rememberGateDevice } from '#workers/http/gate-device.tsx';
import { parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { enrolScanner, readEnrolment, whyNotInService, type Steward } from '#workers/operations/gate-devices.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { EnrolPage } from './pages/enrol.tsx';
import type { EnrolmentOffer } from './views.ts';

const token = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const nonce = v.pipe(v.string(), v.maxLength(400));
const proof = {
  nonce,
  publicKey: v.pipe(v.string(), v.regex(publicKeyShape)),
  signature: v.pipe(v.string(), v.regex(signatureShape)),
};
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80), v.check(isSeen));
const lookSchema = v.object({ token, publicKey: v.optional(proof.publicKey) });
const enrolSchema = v.object({ token, name: v.optional(name), ...proof });
const renewSchema = v.union([v.object({ nonce, signature: proof.signature }), v.strictObject({})]);

/**
 * How a phone becomes a scanner, and how it shows later that it still is that phone. Registered before the gate itself,
 * whose events' names would otherwise hide these addresses.
 */
export const gateEnrol = new Hono<AppEnv>()
  .get(routes.gateEnrol, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(<EnrolPage />);
  })
  .post(routes.gateEnrolLook, async (c) => {
    const body = await parseJson(c, lookSchema);
    if (!body.ok) return refuse(c, body.failure);
    const found = await readEnrolment(c.var.services, body.value);
    if (!found.ok) return refuse(c, found.failure);
    const { enrolment, event, businessName, gateName } = found.value;
    const offer: EnrolmentOffer = {
      label: enrolment.label,
      gate: gateName,
      event: event.title,
      business: businessName,
      isShared: enrolment.isShared,
      until: dayAndTime(enrolment.endsAtMs, event.timeZone),
      stewardName: stewardSignedIn(c, event.businessId)?.name,
      nonce: await makeNonce(c, body.value.token),
    };
    c.header('Cache-Control', 'no-store');
    return c.json(offer);
  })
  .post(routes.gateEnrol, async (c) => {
    const body = await parseJson(c, enrolSchema);
    if (!body.ok) return refuse(c, body.failure);
    const { token: code, publicKey } = body.value;
    // Asked before the code is spent: a phone that cannot sign must not use it up.
    if (!(await isProved(c, 'enrol', code, body.value))) return refuse(c, fail('device_proof_needed').failure);
    const found = await readEnrolment(c.var.services, body.value);
    if (!found.ok) return refuse(c, found.failure);
    const { enrolment, event } = found.value;
    const steward = stewardOf(c, event.businessId, body.value.name);
    if (!enrolment.isShared && steward === undefined) {
      return refuse(c, fail('malformed_request', { field: 'name' }).failure);
    }
    const enrolled = await enrolScanner(c.var.services, { token: code, publicKey, steward });
    if (!enrolled.ok) return refuse(c, enrolled.failure);
    const { device, eventId, slug } = enrolled.value;
    await rememberGateDevice(c, { deviceId: device.deviceId, eventId, endsAtMs: device.endsAtMs });
    c.header('Cache-Control', 'no-store');
    return c.json({ next: pathTo(device.isShared ? 'gateShift' : 'gateEvent', { slug }) }, 201);
  })
  .post(routes.gateProof, async (c) => {
    const claim = await readGateDevice(c);
    if (claim === undefined) return refuse(c, fail('device_unknown').failure);
    const body = await parseJson(c, renewSchema);
    if (!body.ok) return refuse(c, body.failure);
    const device = await c.var.services.inventory(claim.eventId).device(claim.deviceId);
    const refusal = whyNotInService(device, c.var.services.clock());
    if (device === undefined || refusal !== undefined) return refuse(c, fail(refusal ?? 'device_unknown').failure);
    c.header('Cache-Control', 'no-store');
    if (!('signature' in body.value)) return c.json({ nonce: await makeNonce(c, claim.deviceId) });
    const said = { ...body.value, publicKey: device.publicKey };
    if (!(await isProved(c, 'renew', claim.deviceId, said))) return refuse(c, fail('device_proof_needed').failure);
    await rememberGateDevice(c, { ...claim, endsAtMs: device.endsAtMs });
    return c.body(null, 204);
  });

/** Whoever is signed in on the phone and may scan for this business needs to type no name. */
function stewardSignedIn(c: AppContext, businessId: string) {
  const { person } = c.var;
  return person !== undefined && may(person.memberships, 'gate.scan', businessId) ? person : undefined;
}

function stewardOf(c: AppContext, businessId: string, typed: string | undefined): Steward {
  const person = stewardSignedIn(c, businessId);
  if (person !== undefined) return { personId: person.personId };
  return typed === undefined ? undefined : { name: typed };
}
