import { serverNow, recallDrift } from './server-clock.ts';
import { drawKeptTicket } from './kept-ticket-page.ts';
import { drawKeptWallet } from './kept-wallet-page.ts';
import { onCleared, readFact, readKept } from '#workers/ui/client/wallet-store.ts';
import { dayAndTime, clockTime } from '#workers/ui/messages/dates.ts';
import { liveCodeMessages } from '#workers/ui/messages/en.ts';
import { localDay, secondMs } from '#shared/time.ts';

/** The wallet without network: what the phone keeps, under the address that was asked for. */

const words = liveCodeMessages.offline;
const ticketPath = /^\/orders\/[^/]+\/tickets\/([^/]+)$/;

const walletPath = '/wallet';
const shellPath = '/wallet/offline';
const lookAfterMs = 5 * secondMs;

const asOf = document.querySelector<HTMLElement>('[data-as-of]');
const into = document.querySelector<HTMLElement>('[data-kept]');
if (asOf && into) await start(asOf, into);

async function start(said: HTMLElement, page: HTMLElement): Promise<void> {
  onCleared(() => location.reload());
  document.querySelector('[data-again]')?.addEventListener('click', () => location.reload());
  await recallDrift();
  const [tickets, copiedAtMs] = await Promise.all([
    readKept().catch(() => []),
    readFact('copiedAtMs').catch(() => undefined),
  ]);
  said.textContent = copiedAtMs === undefined ? words.never : words.asOf(momentWords(copiedAtMs));
  const ticketId = ticketPath.exec(location.pathname)?.[1];
  if (ticketId !== undefined) {
    // At a gate every line above the code is one too many.
    document.querySelector('[data-detail]')?.remove();
    await drawKeptTicket(page, tickets, decodeURIComponent(ticketId));
    // A code that is being held out is not taken away; a list may be.
    whenBack(() => {
      said.textContent = words.back;
    });
    return;
  }
  drawKeptWallet(page, tickets);
  // Under its own address, which nobody is sent to, there is nothing else to come back to.
  whenBack(() => location.replace(location.pathname === shellPath ? walletPath : location.href));
}

/**
 * Once, when the page is there again. Phones say that they are online before they are, and some never say it, so the page
 * itself is asked for.
 */
function whenBack(what: () => void): void {
  let timer = 0;
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    const isBack = document.visibilityState === 'visible' && (await answers());
    if (isBack) {
      globalThis.removeEventListener('online', look);
      what();
      return;
    }
    timer = setTimeout(() => void look(), lookAfterMs);
  };
  globalThis.addEventListener('online', look);
  timer = setTimeout(() => void look(), lookAfterMs);
}

async function answers(): Promise<boolean> {
  try {
    const { status } = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' });
    return status < 500;
  } catch {
    return false;
  }
}

/** In the phone's own zone, which is its owner's; with the day where it is not today. */
function momentWords(at: number): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const isToday = localDay(at, timeZone) === localDay(serverNow(), timeZone);
  return isToday ? clockTime(at, timeZone) : dayAndTime(at, timeZone);
}
