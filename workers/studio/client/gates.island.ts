import { openLiveSocket } from './live-socket.ts';

/** Keeps the supervisor's page as it is now: the board's socket says that something happened, the server draws what. */

const drawEveryMs = 2_000;
/** A lane that fell silent makes no news. */
const lookEveryMs = 15_000;

const root = document.querySelector<HTMLElement>('[data-floor]');
if (root) keepUp(root);

function keepUp(floor: HTMLElement): void {
  let [drawnAt, isWanted, seq] = [Date.now(), false, 0];

  async function draw(): Promise<void> {
    // Somebody is choosing something in there: what they look at must not move away under their finger.
    if (floor.querySelector('[data-floor-now]')?.contains(document.activeElement) === true) return;
    [drawnAt, isWanted] = [Date.now(), false];
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const now = page.querySelector('[data-floor-now]');
      if (now) floor.querySelector('[data-floor-now]')?.replaceWith(now);
    } catch {
      // The page says as of when it is; the next look tries again.
    }
  }

  openLiveSocket(floor.dataset['socket'] ?? '', {
    onSnapshot(snapshot) {
      if (snapshot.seq > seq) isWanted = true;
      ({ seq } = snapshot);
    },
    onTurn() {
      isWanted = true;
    },
    onUnopened() {
      isWanted = true;
    },
  });
  setInterval(() => {
    const age = Date.now() - drawnAt;
    if (!document.hidden && ((isWanted && age >= drawEveryMs) || age >= lookEveryMs)) void draw();
  }, 500);
}
