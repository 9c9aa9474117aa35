import { renewProof } from '../renew-proof.ts';

/** What came of a call that a scanner makes by itself, behind its steward's back. */
export type Called =
  | { readonly kind: 'answer'; readonly body: unknown }
  /** `code` as in `shared/failures.ts`. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'unreachable' };

const answerWithinMs = 30_000;

/** Calls, and shows the phone's key first where its ten minutes are over. `proofUrl` is where it does that. */
export async function call(url: string, proofUrl: string, body?: object): Promise<Called> {
  const first = await once(url, body);
  if (first.kind !== 'refused' || first.code !== 'device_proof_needed') return first;
  const proved = await renewProof(proofUrl);
  if (proved.ok) return once(url, body);
  return proved.code === '' ? { kind: 'unreachable' } : { kind: 'refused', status: 403, code: proved.code };
}

async function once(url: string, body: object | undefined): Promise<Called> {
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(answerWithinMs),
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (response.status === 429 || response.status >= 500) return { kind: 'unreachable' };
    const said: unknown = await response.json();
    if (response.ok) return { kind: 'answer', body: said };
    const code: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'code') : undefined;
    return { kind: 'refused', status: response.status, code: typeof code === 'string' ? code : '' };
  } catch {
    return { kind: 'unreachable' };
  }
}
