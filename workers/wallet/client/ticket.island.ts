import { runLivePanel, type LiveTicket, type RunningPanel } from './live-panel.ts';
import { redrawnEvent } from './redraw.ts';

/** On a ticket's page: its live code, where it has one. The page has its printed code without any script. */

const find = (selector: string) => document.querySelector<HTMLElement>(selector) ?? undefined;

let running: { readonly root: HTMLElement; readonly panel: Promise<RunningPanel> } | undefined;

/** A live code that stays has news; one that a refund took away ends, and one that a reinstatement brought back begins. */
async function follow(): Promise<void> {
  const root = find('[data-live]');
  const before = running;
  if (before !== undefined && before.root === root) {
    (await before.panel).ask();
    return;
  }
  running = root && { root, panel: run(root) };
  (await before?.panel)?.stop();
}

function run(root: HTMLElement): Promise<RunningPanel> {
  const ticket = JSON.parse(root.dataset['live'] ?? '') as LiveTicket;
  return runLivePanel({ root, paper: find('[data-paper]'), status: () => find('[data-ticket-status]') }, ticket);
}

document.addEventListener(redrawnEvent, () => void follow());
await follow();
