import { countdownMessages as words } from '#workers/ui/messages/en.ts';
import { pressOnce } from './press-once.ts';

/** Looks again at an order whose end is open, and draws the page anew only once there is something new to say. */

/** By state: an order being confirmed is a matter of seconds, one that waits for its buyer of minutes. */
const looks: Readonly<Record<string, { firstMs: number; slowestMs: number }>> = {
  working: { firstMs: 1_000, slowestMs: 5_000 },
  paying: { firstMs: 2_000, slowestMs: 10_000 },
};
const patient = { firstMs: 5_000, slowestMs: 20_000 };
const slowing = 1.5;
const minuteMs = 60_000;
const countEveryMs = 5_000;

const order = document.querySelector<HTMLElement>('[data-state]');
if (order) watch(order.dataset['state'] ?? '');
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-working]')) pressOnce(form);
for (const until of document.querySelectorAll<HTMLElement>('[data-until]')) countDown(until);

function watch(shown: string): void {
  const { firstMs, slowestMs } = looks[shown] ?? patient;
  let timer = 0;
  let waitMs = firstMs;

  async function look(): Promise<void> {
    const state = await currentState();
    if (state !== undefined && state !== shown) location.reload();
    else next();
  }
  function next(): void {
    clearTimeout(timer);
    // A page nobody looks at asks nobody: it looks at once when the reader comes back from the bank's tab.
    if (document.visibilityState === 'hidden') return;
    timer = setTimeout(() => void look(), waitMs);
    waitMs = Math.min(waitMs * slowing, slowestMs);
  }
  document.addEventListener('visibilitychange', () => {
    waitMs = firstMs;
    if (document.visibilityState === 'visible') void look();
    else clearTimeout(timer);
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void look();
  });
  next();
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

/** Seen, not announced: a clock read aloud every few seconds would be in the way of everything else. */
function countDown(until: HTMLElement): void {
  const count = (): void => {
    const leftMs = Number(until.dataset['until']) - Date.now();
    until.textContent = leftMs > 0 ? words.minutesLeft(Math.ceil(leftMs / minuteMs)) : '';
  };
  count();
  setInterval(count, countEveryMs);
}
