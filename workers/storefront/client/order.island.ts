/** Looks again at an order that is being confirmed, and draws the page anew only once there is something new to say. */

const firstLookMs = 1_000;
const slowestLookMs = 5_000;

const order = document.querySelector<HTMLElement>('[data-state]');
if (order) lookAgain(order.dataset['state'] ?? '', firstLookMs);

function lookAgain(shown: string, afterMs: number): void {
  setTimeout(() => {
    void currentState().then((state) => {
      if (state !== undefined && state !== shown) location.reload();
      else lookAgain(shown, Math.min(afterMs * 1.5, slowestLookMs));
    });
  }, afterMs);
}

/** Undefined when the page could not be had: the network comes back, or the next look tells. */
async function currentState(): Promise<string | undefined> {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector<HTMLElement>('[data-state]')?.dataset['state'];
  } catch {
    return undefined;
  }
}

export {};
