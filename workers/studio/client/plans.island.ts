/** While orders are looked after, draws the piece that tells of it anew: a reload would throw readers back to the top. */

const everyMs = 2_000;

function isRunning(): boolean {
  return document.querySelector<HTMLElement>('#runs')?.dataset['running'] === 'yes';
}

async function look(): Promise<void> {
  const shown = document.querySelector('#runs');
  const now = document.visibilityState === 'visible' ? await drawnNow() : undefined;
  if (shown && now && now.innerHTML !== shown.innerHTML) shown.replaceWith(now);
  wait();
}

/** Undefined when the page could not be had: the next look tells. */
async function drawnNow(): Promise<Element | undefined> {
  try {
    const response = await fetch(location.pathname, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('#runs') ?? undefined;
  } catch {
    return undefined;
  }
}

function wait(): void {
  if (isRunning()) setTimeout(() => void look(), everyMs);
}

wait();
