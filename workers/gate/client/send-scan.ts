import type { Verdict } from '#shared/admission/verdict.ts';
import { showKey } from '#workers/ui/client/session-key.ts';
import type { Reply, Scan } from './scan-queue.ts';

/** An answer slower than this helps nobody at a gate; the same scan id is asked again. */
const answerWithinMs = 6_000;
const retryAfterMaxMs = 30_000;

export async function sendScan(url: string, gateId: string, scan: Scan): Promise<Reply> {
  const { reply, wantsKey } = await ask(url, gateId, scan);
  if (!wantsKey) return reply;
  // The browser shows its session's key, and the same scan is asked again: the steward sees nothing of it.
  await showKey();
  return (await ask(url, gateId, scan)).reply;
}

type Asked = { readonly reply: Reply; readonly wantsKey?: boolean };

async function ask(url: string, gateId: string, { scanId, code }: Scan): Promise<Asked> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': scanId },
      body: JSON.stringify({ scanId, gateId, code }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (response.status === 429 || response.status >= 500) return { reply: unreachable(response) };
    const answer: unknown = await response.json();
    if (isVerdict(answer)) return { reply: { kind: 'verdict', verdict: answer } };
    return { reply: problemOf(answer, response.status), wantsKey: isAboutKey(answer) };
  } catch {
    return { reply: { kind: 'unreachable', retryAfterMs: undefined } };
  }
}

function unreachable(response: Response): Reply {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = seconds > 0 ? Math.min(seconds * 1_000, retryAfterMaxMs) : undefined;
  return { kind: 'unreachable', retryAfterMs };
}

function isAboutKey(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'code') === 'device_proof_needed';
}

function isVerdict(answer: unknown): answer is Verdict {
  return typeof answer === 'object' && answer !== null && 'outcome' in answer && 'reason' in answer;
}

function problemOf(answer: unknown, status: number): Reply {
  const text = (key: string): string => {
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { kind: 'problem', title: text('title') || String(status), detail: text('detail') };
}
