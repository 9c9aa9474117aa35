import { runLivePanel, type LiveTicket } from './live-panel.ts';

/** On a ticket's page: its live code, where it has one. The page has its printed code without any script. */

const root = document.querySelector<HTMLElement>('[data-live]');
if (root) {
  const ticket = JSON.parse(root.dataset['live'] ?? '') as LiveTicket;
  const paper = document.querySelector<HTMLElement>('[data-paper]') ?? undefined;
  const status = document.querySelector<HTMLElement>('[data-ticket-status]') ?? undefined;
  await runLivePanel({ root, paper, status }, ticket);
}
