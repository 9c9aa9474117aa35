/** A JSON call of the gate's own pages, and what came of it. */
export type Asked<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  /** `code` is a public failure code; empty when nothing answered. */
  | { readonly ok: false; readonly code: string; readonly title: string; readonly detail: string };

const answerWithinMs = 10_000;

export async function ask<Answer>(url: string, body: object): Promise<Asked<Answer>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const said: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return { ok: true, answer: said as Answer };
    return { ok: false, code: textAt(said, 'code'), title: textAt(said, 'title'), detail: textAt(said, 'detail') };
  } catch {
    return { ok: false, code: '', title: '', detail: '' };
  }
}

function textAt(from: unknown, key: string): string {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
  return typeof value === 'string' ? value : '';
}
