import { compressPoint } from '#shared/access/device-proof.ts';
import { activationProofText } from '#shared/tickets/activation.ts';
import { decodeHeader } from '#shared/tickets/code.ts';
import { holderSignedBytes, liveBody, readPass, writeLiveCode, type LivePass } from '#shared/tickets/live-code.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import type { ActivationPass, LiveAnswer } from '#shared/wallet/kept-ticket.ts';
import type { Bearing } from '#shared/wallet/live-face.ts';
import { fromBase64Url, toBase64Url } from '#workers/ui/client/base64url.ts';
import { readHeld, writeHeld, type HeldKey } from '#workers/ui/client/wallet-store.ts';
import { recallDrift, serverNow, timed } from './server-clock.ts';

/**
 * This phone as the holder of one ticket. Each ticket has a key of its own: one key for all would let whoever scans codes at
 * two events know that they are one person's.
 */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
const json = { accept: 'application/json' } as const;

/** `refused`: the server said no, in its own words. */
export type Activated =
  | { readonly kind: 'done'; readonly held: HeldKey }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'keyless' };

export type Wish = { readonly ticketId: string; readonly generation: number; readonly takesOver: boolean };

/** Asks how the ticket stands. Undefined when the server cannot be reached, or does not want to say. */
export async function askStanding(path: string): Promise<LiveAnswer | undefined> {
  try {
    const { answer } = await timed<LiveAnswer>(() => fetch(path, { headers: json, cache: 'no-store' }));
    return answer;
  } catch {
    return undefined;
  }
}

/** Lets this phone bear the ticket. One tab at a time: two would make two keys, and each undo the other. */
export function activate(path: string, wish: Wish): Promise<Activated> {
  return navigator.locks.request(`ticket ${wish.ticketId}`, async () => {
    let held: HeldKey;
    try {
      held = (await readHeld(wish.ticketId)) ?? (await makeKey(wish.ticketId));
    } catch {
      return { kind: 'keyless' };
    }
    await recallDrift();
    try {
      return await post(path, await requestOf(held, wish), held);
    } catch {
      return { kind: 'unreachable' };
    }
  });
}

/** The key is kept before the server hears of it: the other way round, a crash between would lock its owner out. */
async function makeKey(ticketId: string): Promise<HeldKey> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const point = compressPoint(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const held = { ticketId, pair, holderKey: toBase64Url(point) };
  await writeHeld(held);
  void askToStay();
  return held;
}

/** Against being cleared when the phone runs out of room. A no, or a browser that knows no such thing, changes nothing. */
async function askToStay(): Promise<void> {
  try {
    await navigator.storage.persist();
  } catch {
    // As above.
  }
}

async function requestOf(
  { pair, holderKey }: HeldKey,
  { ticketId, generation, takesOver }: Wish,
): Promise<RequestInit> {
  const activationId = crypto.randomUUID();
  const step = stepAt(serverNow());
  const holderProof = toBase64Url(await sign(pair, asBytes(activationProofText({ ticketId, activationId, step }))));
  return {
    method: 'POST',
    headers: { ...json, 'content-type': 'application/json', 'idempotency-key': activationId },
    body: JSON.stringify({ holderKey, holderProof, step, generation, takesOver }),
  };
}

async function post(path: string, request: RequestInit, held: HeldKey): Promise<Activated> {
  const send = () => timed<ActivationPass>(() => fetch(path, request));
  // The answer may have been lost on its way; the same request under the same key is answered as it was.
  const { answer, response } = await send().catch(send);
  if (answer === undefined) return refusalOf(response);
  const pass = fromBase64Url(answer.pass);
  if (readPass(pass) === undefined) return { kind: 'refused', code: 'unreadable', detail: '' };
  const complete = { ...held, pass };
  await writeHeld(complete);
  return { kind: 'done', held: complete };
}

async function refusalOf(response: Response): Promise<Activated> {
  try {
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    return { kind: 'refused', code, detail };
  } catch {
    return { kind: 'refused', code: 'unreadable', detail: '' };
  }
}

/** What this phone's key and pass say; undefined until it has both. */
export function bearingOf(held: HeldKey | undefined): Bearing | undefined {
  const pass = passOf(held);
  if (held === undefined || pass === undefined) return undefined;
  const { generation, keyId } = decodeHeader(pass.headerBytes);
  return { holderKey: held.holderKey, generation, keyId };
}

/** The code of a ten-second step, as SPEC.md beside the tickets' rules has it. Needs no network. */
export async function composeCode(held: HeldKey, step: number): Promise<string | undefined> {
  const pass = passOf(held);
  if (pass === undefined) return undefined;
  const body = liveBody(pass, step);
  return writeLiveCode(body, await sign(held.pair, holderSignedBytes(body)));
}

function passOf(held: HeldKey | undefined): LivePass | undefined {
  return held?.pass === undefined ? undefined : readPass(held.pass);
}

async function sign({ privateKey }: CryptoKeyPair, message: Uint8Array): Promise<Uint8Array> {
  // Over a buffer of its own kind, which ours always are.
  const bytes = message as Uint8Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.sign(signing, privateKey, bytes));
}

function asBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
