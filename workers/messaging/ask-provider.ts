import type { SendResult } from './message-port.ts';

export type ProviderAnswer = { readonly status: number; readonly body: string; readonly headers: Headers };

const answerLimitMs = 10_000;
const bodyShownChars = 2_000;

/** Calls a provider. Undefined when it did not answer, or not in time. The body is text of its choosing: trust none of it. */
export async function askProvider(
  reach: typeof fetch,
  url: string,
  init: RequestInit,
  timeoutMs = answerLimitMs,
): Promise<ProviderAnswer | undefined> {
  try {
    const response = await reach(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    // The body is read in any case: an unread one keeps its connection busy.
    const body = (await response.text()).slice(0, bodyShownChars);
    return { status: response.status, body, headers: response.headers };
  } catch {
    // What was thrown may quote the URL, and a push endpoint is a secret.
    return undefined;
  }
}

const soonest = 1;
const latest = 3_600;

/**
 * What an answer means for the message: 408, 409 (the same one is under way), 429 and 5xx may end differently later;
 * every other 4xx is about the message or the account, and waiting mends neither.
 */
export function resultOf(provider: string, answer: ProviderAnswer | undefined, code?: string | number): SendResult {
  if (answer === undefined) return { sent: false, retry: true, why: `${provider} did not answer` };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { sent: true };
  const retry = status === 408 || status === 409 || status === 429 || status >= 500;
  const asked = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    sent: false,
    retry,
    why: `${provider} answered ${status}${code === undefined ? '' : ` (${code})`}`,
    ...(retry && Number.isFinite(asked) ? { retryAfterSeconds: Math.min(Math.max(asked, soonest), latest) } : {}),
  };
}
