import { boardOf } from '#shared/live/board.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { announcement } from '#workers/ui/messages/board-words.ts';
import { studioMessages } from '#workers/ui/messages/en.ts';
import { openAnnouncer } from '#workers/ui/client/announcer.ts';
import { showBoard } from './board-screen.ts';
import { openLiveSocket } from './live-socket.ts';
import { showSignal, signalState } from './signal.ts';

/** Keeps the live page's numbers true, and when it cannot, says since when they are not. */

const words = studioMessages.live;
const refused = new Set([401, 403, 404]);
const redrawEveryMs = 15_000;

const root = document.querySelector<HTMLElement>('[data-live]');
const region = root?.querySelector<HTMLElement>('[data-announced]');
if (root && region) watch(root, openAnnouncer(region));

function watch(board: HTMLElement, announce: (text: string) => void): void {
  const { socket = '', timeZone = 'UTC' } = board.dataset;
  let seq = Number(board.dataset['seq']);
  // By this device's clock alone, from its own request on: the server's may differ from it by minutes.
  let takenAt = performance.timeOrigin;
  let [isOpen, wasOpen, isRefused] = [false, false, false];

  function signal(): void {
    const ageMs = Math.max(0, Date.now() - takenAt);
    showSignal(board, isRefused ? 'refused' : signalState({ isOpen, wasOpen, ageMs }), ageMs);
  }

  function show(snapshot: LiveSnapshot): void {
    // The board sends in order, but a page drawn by the server may be ahead of the socket it then opens.
    if (snapshot.seq < seq) return;
    const hasNews = snapshot.seq > seq;
    ({ seq } = snapshot);
    takenAt = Date.now();
    const shown = boardOf(snapshot);
    if (!showBoard(board, shown, timeZone)) void redraw(board).then(() => showBoard(board, shown, timeZone));
    if (hasNews) announce(announcement(shown));
    signal();
  }

  openLiveSocket(socket, {
    onSnapshot: show,
    onTurn(isNowOpen) {
      if (wasOpen && isNowOpen !== isOpen) announce(isNowOpen ? words.announcedBack : words.announcedLost);
      isOpen = isNowOpen;
      wasOpen ||= isNowOpen;
      isRefused &&= !isNowOpen;
      signal();
    },
    onUnopened() {
      void isWatchable().then((isStill) => {
        isRefused = !isStill;
        signal();
      });
    },
  });
  signal();
  setInterval(() => {
    if (!document.hidden) signal();
  }, 1_000);
}

/** A socket's refusal looks like a dead network. The page itself, asked for again, says which of the two it is. */
async function isWatchable(): Promise<boolean> {
  try {
    const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return !refused.has(response.status);
  } catch {
    return true;
  }
}

let redrawnAt = 0;

/** The server's drawing of the tables, for a ticket type, gate or link that was not there before. */
async function redraw(board: HTMLElement): Promise<void> {
  if (Date.now() - redrawnAt < redrawEveryMs) return;
  redrawnAt = Date.now();
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const tables = page.querySelector('[data-tables]');
    if (tables) board.querySelector('[data-tables]')?.replaceWith(tables);
  } catch {
    // The next snapshot tries again.
  }
}
