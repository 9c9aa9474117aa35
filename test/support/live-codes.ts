import { only } from '#objects/event-inventory/client.ts';
import { compressPoint } from '#shared/access/device-proof.ts';
import { activationProofText, type ActivationRequest } from '#shared/tickets/activation.ts';
import { holderSignedBytes, liveBody, readPass, writeLiveCode, type LivePass } from '#shared/tickets/live-code.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import { fromBase64Url, toBase64Url } from '#workers/keys/signed-token.ts';
import { keys } from './environment.ts';
import type { InventoryStub } from './inventory.ts';

export type Holder = {
  /** P-256, compressed. */
  readonly point: Uint8Array;
  /** The same in base64url. */
  readonly publicKey: string;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
};

/** A phone's key, as its browser makes it. */
export async function newHolder(): Promise<Holder> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { publicKey, privateKey } = (await crypto.subtle.generateKey(algorithm, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const point = compressPoint(new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer));
  const sign = async (message: Uint8Array) => new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, message));
  return { point, publicKey: toBase64Url(point), sign };
}

/** The pass of an activation's answer. */
export function sentPass(text: string): LivePass {
  const pass = readPass(fromBase64Url(text) ?? new Uint8Array());
  if (pass === undefined) throw new Error('No pass was sent');
  return pass;
}

/** The code a phone shows at a moment. */
export async function showLive(pass: LivePass, holder: Holder, now = Date.now()): Promise<string> {
  const body = liveBody(pass, stepAt(now));
  return writeLiveCode(body, await holder.sign(holderSignedBytes(body)));
}

export async function activationRequest(
  holder: Holder,
  ticketId: string,
  overrides: Partial<ActivationRequest> = {},
): Promise<ActivationRequest> {
  const activationId = crypto.randomUUID();
  const request = { ticketId, activationId, step: stepAt(Date.now()), generation: 1, takesOver: false, ...overrides };
  const holderProof = toBase64Url(await holder.sign(new TextEncoder().encode(activationProofText(request))));
  return { holderKey: holder.publicKey, holderProof, ...request, ...overrides };
}

/** Lets the holder bear the ticket, and signs for it as the Worker does. */
export async function activated(
  stub: InventoryStub,
  holder: Holder,
  ticketId: string,
  overrides: Partial<ActivationRequest> = {},
): Promise<LivePass> {
  const answer = only(await stub.activateTickets([await activationRequest(holder, ticketId, overrides)]));
  if (!answer.ok) throw new Error(`Not activated: ${answer.failure.code}`);
  return keys.issueLive(answer.value.header, answer.value.grants, holder.point);
}
