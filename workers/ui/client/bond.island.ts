import { showKey } from './session-key.ts';

/** On every page of somebody signed in: shows the session's key in good time, so that nobody ever waits for it. */

const earlyMs = 90_000;
const againAfterMs = 8 * 60_000;
const retryAfterMs = 20_000;

const bond = document.querySelector<HTMLElement>('[data-bond]');
if (bond) keep(Number(bond.dataset['bond']));

function keep(dueInMs: number): void {
  let timer = 0;
  let dueAt = Date.now() + Math.max(0, dueInMs - earlyMs);

  async function show(): Promise<void> {
    const shown = await showKey();
    // Whoever lost the key, or was refused, is told by the next page: not in the middle of this one.
    if (shown === 'lost' || shown === 'refused') return;
    dueAt = Date.now() + (shown === 'shown' ? againAfterMs : retryAfterMs);
    wait();
  }
  function wait(): void {
    clearTimeout(timer);
    // A page nobody looks at asks nobody: it catches up when it is looked at again.
    if (document.visibilityState === 'hidden') return;
    timer = setTimeout(() => void show(), Math.max(0, dueAt - Date.now()));
  }
  document.addEventListener('visibilitychange', wait);
  wait();
}
