import { openAnnouncer } from '#workers/ui/client/announcer.ts';
import { walletAloudMessages as words } from '#workers/ui/messages/en.ts';
import type { FeedSource } from '../views.ts';
import { FeedReader } from './feed-reader.ts';
import { redraw, redrawnEvent, rememberPieces, type Redrawn } from './redraw.ts';
import { keepWallet } from './wallet-copy.ts';

/** Keeps an open wallet, or an open ticket, as it is everywhere else: bought on another device, used at a gate. */

/** Browsers count timers in 32 bits; a page that stays open for weeks looks again before. */
const longestTimerMs = 86_400_000;
/** A feed that shuts out whom its page lets in would make a page that reloads for ever. */
const settledAfterMs = 10_000;
/** A window opens on the server's clock, and this one may be ahead. */
const afterTurnMs = 2_000;

const root = document.querySelector<HTMLElement>('[data-wallet]');
const region = document.querySelector<HTMLElement>('[data-announced]');
if (root && region) keepUpToDate(root, openAnnouncer(region));
await keepWallet();

function keepUpToDate(wallet: HTMLElement, announce: (text: string) => void): void {
  const readers = new Map<string, FeedReader>();
  let timer = 0;
  let drawing: Promise<void> = Promise.resolve();

  /** One after another: two drawings on their way at once could arrive in the wrong order. */
  function draw(): Promise<void> {
    drawing = drawing.catch(() => undefined).then(drawOnce);
    return drawing;
  }

  async function drawOnce(): Promise<void> {
    const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) throw new Error(`not drawn: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector<HTMLElement>('[data-wallet]');
    // Held back, or signed out: that page must be seen whole.
    if (fresh === null) {
      location.reload();
      return;
    }
    const changed = redraw(wallet, document.adoptNode(fresh));
    if (fresh.dataset['turn'] === undefined) delete wallet.dataset['turn'];
    else wallet.dataset['turn'] = fresh.dataset['turn'];
    listen(fresh);
    waitForTurn();
    if (changed.length > 0) announce(spoken(changed));
    document.dispatchEvent(new CustomEvent(redrawnEvent));
  }

  /** Feeds already listened to keep their own cursor: it is the one that missed nothing. */
  function listen(drawn: HTMLElement): void {
    for (const source of JSON.parse(drawn.dataset['wallet'] ?? '[]') as FeedSource[]) {
      if (readers.has(source.socket)) continue;
      const reader = new FeedReader(source, { onNews: draw, onShutOut, onTurn: showState });
      readers.set(source.socket, reader);
      reader.start();
    }
  }

  /** Signed out, or asked to show something first: the page says which. */
  function onShutOut(): void {
    if (performance.now() > settledAfterMs) location.reload();
  }

  function showState(): void {
    const isOpen = readers.size > 0 && [...readers.values()].every((reader) => reader.isOpen);
    wallet.dataset['feed'] = isOpen ? 'open' : 'closed';
  }

  function waitForTurn(): void {
    clearTimeout(timer);
    const { turn } = wallet.dataset;
    if (turn === undefined) return;
    const waitMs = Math.max(0, Number(turn) - Date.now()) + afterTurnMs;
    timer = setTimeout(() => void draw().catch(() => undefined), Math.min(waitMs, longestTimerMs));
  }

  rememberPieces(wallet);
  listen(wallet);
  waitForTurn();
  // A phone sleeps through timers and words alike. What another tab of this browser bought is in no feed of this page.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void draw().catch(() => undefined);
  });
}

function spoken(changed: readonly Redrawn[]): string {
  const [first] = changed;
  return changed.length === 1 && first !== undefined
    ? words.one(first.named, first.says)
    : words.several(changed.length);
}
