import { compressPoint } from '#shared/access/device-proof.ts';
import { activationProofText, type ActivationRequest } from '#shared/tickets/activation.ts';
import { holderSignedBytes, liveBody, readPass, writeLiveCode, type LivePass } from '#shared/tickets/live-code.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import { fromBase64Url, toBase64Url } from '#workers/keys/signed-token.ts';

type Phone = { readonly publicKey: string; readonly privateKey: CryptoKey };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Tickets activated in one call. */
const phonesPerCall = 500;

async function newPhone(): Promise<Phone> {
  const pair = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair;
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  return { publicKey: toBase64Url(compressPoint(point)), privateKey: pair.privateKey };
}

async function sign({ privateKey }: Phone, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, message));
}

async function activation(phone: Phone, ticketId: string): Promise<ActivationRequest> {
  const step = stepAt(Date.now());
  const asked = { ticketId, activationId: crypto.randomUUID(), step, generation: 1, takesOver: false };
  const proof = await sign(phone, new TextEncoder().encode(activationProofText(asked)));
  return { ...asked, holderKey: phone.publicKey, holderProof: toBase64Url(proof) };
}

async function post<Answer>(url: string, body: unknown): Promise<Answer> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Answer;
}

/** Fresh tickets, each on a phone of its own; the answer writes their codes for the step under way. */
export async function livePhones(origin: string, count: number): Promise<() => Promise<string[]>> {
  const passes: { pass: LivePass; phone: Phone }[] = [];
  while (passes.length < count) {
    const ticketIds = await post<string[]>(`${origin}/bench/tickets`, phonesPerCall);
    const phones = await Promise.all(ticketIds.map(newPhone));
    const asked = await Promise.all(phones.map((phone, at) => activation(phone, ticketIds[at] ?? '')));
    const made = await post<string[]>(`${origin}/bench/live-passes`, asked);
    for (const [at, text] of made.entries()) {
      const pass = readPass(fromBase64Url(text) ?? new Uint8Array());
      const phone = phones[at];
      if (pass === undefined || phone === undefined) throw new Error('A phone was given no pass');
      passes.push({ pass, phone });
    }
  }
  const codeOf = async ({ pass, phone }: { pass: LivePass; phone: Phone }): Promise<string> => {
    const body = liveBody(pass, stepAt(Date.now()));
    return writeLiveCode(body, await sign(phone, holderSignedBytes(body)));
  };
  return () => Promise.all(passes.slice(0, count).map(codeOf));
}
