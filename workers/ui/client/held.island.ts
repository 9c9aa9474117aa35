import { showKey } from './session-key.ts';

/** On the page that holds a session back: shows the key and goes on, or says what does it instead. */

const retries = 3;
const retryAfterMs = 1_000;

const held = document.querySelector<HTMLElement>('[data-held]');
if (held) await goOn(held);

async function goOn(page: HTMLElement): Promise<void> {
  for (let left = retries; left > 0; left -= 1) {
    const shown = await showKey();
    if (shown === 'shown') {
      location.replace(page.dataset['next'] ?? '/');
      return;
    }
    if (shown === 'lost' && page.dataset['lost'] !== undefined) {
      location.replace(page.dataset['lost']);
      return;
    }
    if (shown === 'refused') break;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
  page.querySelector<HTMLElement>('[data-failed]')?.removeAttribute('hidden');
}
