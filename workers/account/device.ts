import { Hono } from 'hono';
import * as v from 'valibot';
import { publicKeyShape, signatureShape } from '#shared/access/device-proof.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { bind } from '#workers/http/bound.ts';
import { parseForm, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { signOut } from '#workers/http/session.ts';
import { goOnWithoutKey, nameSessionKey, proveSessionKey, sessionChallenge } from '#workers/operations/device-key.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { nextOf } from './enter.ts';

const challenge = v.pipe(v.string(), v.maxLength(500));
const signature = v.pipe(v.string(), v.regex(signatureShape));
const proofSchema = v.object({ challenge, signature });
const keySchema = v.object({ challenge, signature, publicKey: v.pipe(v.string(), v.regex(publicKeyShape)) });

/**
 * Where a browser shows the key that its session is kept by: what Device Bound Session Credentials do in the browser
 * itself (w3c.github.io/webappsec-dbsc), done by a page's script because few browsers have them.
 */
export const deviceDoor = new Hono<AppEnv>()
  .get(routes.deviceChallenge, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    c.header('Cache-Control', 'no-store');
    const { deviceId = '', publicKey } = session;
    return c.json({
      challenge: await sessionChallenge(services, session.id),
      deviceId,
      hasKey: publicKey !== undefined,
    });
  })
  .post(routes.deviceKey, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const body = await parseJson(c, keySchema);
    if (!body.ok) return refuse(c, body.failure);
    const deviceId = await nameSessionKey(services, session, body.value);
    if (!deviceId.ok) return refuse(c, deviceId.failure);
    await bind(c, { sessionId: session.id, deviceId: deviceId.value });
    return c.body(null, 204);
  })
  .post(routes.deviceProof, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const body = await parseJson(c, proofSchema);
    if (!body.ok) return refuse(c, body.failure);
    const deviceId = await proveSessionKey(services, session, body.value);
    if (!deviceId.ok) {
      if (deviceId.failure.code === 'device_key_refused') await signOut(c);
      return refuse(c, deviceId.failure);
    }
    await bind(c, { sessionId: session.id, deviceId: deviceId.value });
    return c.body(null, 204);
  })
  .post(routes.deviceWithout, async (c) => {
    const { session, services } = c.var;
    const form = await parseForm(c, v.object({ next: v.optional(v.string()) }));
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    if (!form.ok) return refuse(c, form.failure);
    // A session that has a key stays with it: otherwise a thief would press this.
    if (session.publicKey !== undefined) return refuse(c, { code: 'device_proof_needed' });
    await goOnWithoutKey(services, session);
    return c.redirect(nextOf(c, form.value.next) ?? pathTo('wallet'), 303);
  });
