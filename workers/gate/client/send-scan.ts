import type { Verdict } from '#shared/admission/verdict.ts';
import { showKey } from '#workers/ui/client/session-key.ts';
import { renewProof } from './renew-proof.ts';
import type { Reply, Scan } from './scan-queue.ts';

/** An answer slower than this helps nobody at a gate; the same scan id is asked again. */
const answerWithinMs = 6_000;
const retryAfterMaxMs = 30_000;

export async function sendScan(url: string, gateId: string, scan: Scan): Promise<Reply> {
  const sent = await post(url, scan.scanId, { ...scan, gateId });
  if (sent.kind !== 'answer') return sent;
  return isVerdict(sent.answer) ? { kind: 'verdict', verdict: sent.answer } : problemOf(sent.answer, sent.status);
}

type Unreachable = Extract<Reply, { kind: 'unreachable' }>;

/** Whatever came back, or that nothing did. */
export type Sent = { readonly kind: 'answer'; readonly status: number; readonly answer: unknown } | Unreachable;

/** `key` names what is to be done once, however often it is sent. */
export async function post(url: string, key: string, body: object): Promise<Sent> {
  const sent = await send(url, key, body);
  if (sent.kind !== 'answer' || !isAboutKey(sent.answer)) return sent;
  // A key is shown, the scanner's or the session's, and the same is asked again: the steward sees nothing of it.
  const proofUrl = document.querySelector<HTMLElement>('[data-proof]')?.dataset['proof'];
  if (proofUrl === undefined) {
    await showKey();
  } else {
    const proved = await renewProof(proofUrl);
    if (!proved.ok && proved.code !== '') return { kind: 'answer', status: 403, answer: proved };
  }
  return send(url, key, body);
}

async function send(url: string, key: string, body: object): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (response.status === 429 || response.status >= 500) return unreachable(response);
    return { kind: 'answer', status: response.status, answer: await response.json() };
  } catch {
    return { kind: 'unreachable', retryAfterMs: undefined };
  }
}

function unreachable(response: Response): Unreachable {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = seconds > 0 ? Math.min(seconds * 1_000, retryAfterMaxMs) : undefined;
  return { kind: 'unreachable', retryAfterMs };
}

function isAboutKey(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'code') === 'device_proof_needed';
}

export function isVerdict(answer: unknown): answer is Verdict {
  return typeof answer === 'object' && answer !== null && 'outcome' in answer && 'reason' in answer;
}

export function problemOf(answer: unknown, status: number): Extract<Reply, { kind: 'problem' }> {
  const text = (key: string): string => {
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { kind: 'problem', code: text('code'), title: text('title') || String(status), detail: text('detail') };
}
