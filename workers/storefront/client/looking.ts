/** Half of how long a look lasts, so that one lost request changes nothing. */
const everyMs = 30_000;

/**
 * Says, while the page is in front of somebody, that somebody is there, and shows how many are: only what was counted, and
 * only where the server finds it worth telling. The id is made anew for each page and kept nowhere.
 */
export function sayThatSomebodyLooks(place: HTMLElement, words: (count: number) => string): void {
  const url = place.dataset['looking'];
  // Browsers make ids in secure contexts only; a page served otherwise counts nobody.
  if (url === undefined || typeof crypto.randomUUID !== 'function') return;
  const body = JSON.stringify({ look: crypto.randomUUID() });

  async function say(to: string): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    try {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const response = await fetch(to, { method: 'POST', headers, body });
      if (!response.ok) return;
      const { looking } = (await response.json()) as { looking?: number };
      place.hidden = looking === undefined;
      if (looking !== undefined) place.textContent = words(looking);
    } catch {
      // Nobody misses it.
    }
  }

  void say(url);
  setInterval(() => void say(url), everyMs);
  document.addEventListener('visibilitychange', () => void say(url));
}
