import { serverNow, recallDrift } from './server-clock.ts';
import { drawKeptTicket } from './kept-ticket-page.ts';
import { drawKeptWallet } from './kept-wallet-page.ts';
import { onCleared, readFact, readKept } from '#workers/ui/client/wallet-store.ts';
import { dayAndTime, clockTime } from '#workers/ui/messages/dates.ts';
import { liveCodeMessages } from '#workers/ui/messages/en.ts';
import { localDay } from '#shared/time.ts';

/** The wallet without network: what the phone keeps, under the address that was asked for. */

const words = liveCodeMessages.offline;
const ticketPath = /^\/orders\/[^/]+\/tickets\/([^/]+)$/;

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
    await drawKeptTicket(page, tickets, decodeURIComponent(ticketId));
    return;
  }
  drawKeptWallet(page, tickets);
  // A code that is being held out is not taken away; a list may be.
  globalThis.addEventListener('online', () => location.reload());
}

/** In the phone's own zone, which is its owner's; with the day where it is not today. */
function momentWords(at: number): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const isToday = localDay(at, timeZone) === localDay(serverNow(), timeZone);
  return isToday ? clockTime(at, timeZone) : dayAndTime(at, timeZone);
}
