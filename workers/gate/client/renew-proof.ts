import { ask, type Asked } from './ask.ts';
import { keptKey, signProof } from './device-key.ts';

/** Shows the server that this phone still holds its key; the answer's cookie is good for another ten minutes. */
export async function renewProof(url: string): Promise<Asked<undefined>> {
  const key = await keptKey();
  if (key === undefined) return { ok: false, code: 'device_unknown', title: '', detail: '' };
  const asked = await ask<{ nonce: string }>(url, {});
  if (!asked.ok) return asked;
  const { nonce } = asked.answer;
  return ask<undefined>(url, { nonce, signature: await signProof(key, 'renew', nonce) });
}
