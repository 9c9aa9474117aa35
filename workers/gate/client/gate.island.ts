import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { verdictWords } from '#workers/ui/messages/verdict-words.ts';
import type { Reply, Scan } from './scan-queue.ts';
import { ScanQueue } from './scan-queue.ts';
import type { Screen } from './screen.ts';
import { openScreen } from './screen.ts';
import { sendScan } from './send-scan.ts';
import { signal } from './signals.ts';

/** The gate without page loads: takes codes as fast as a scanner types them and answers each with the whole screen. */

const root = document.querySelector<HTMLElement>('[data-gate]');
const form = document.querySelector<HTMLFormElement>('.gate-form');
const input = document.querySelector<HTMLInputElement>('#code');
if (root && form && input) start(root, form, input);

function start({ dataset }: HTMLElement, scanForm: HTMLFormElement, codeInput: HTMLInputElement): void {
  const { scans: url = '', gateId = '', timeZone = 'UTC' } = dataset;
  const screen = openScreen(timeZone);
  let wasReachable = true;

  const queue = new ScanQueue({
    send: (scan) => sendScan(url, gateId, scan),
    wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    onSending(waiting) {
      if (wasReachable) screen.show('checking', plain(words.checking, '', words.checkingNext(waiting)));
    },
    onUnreachable(waiting) {
      if (wasReachable) signal('offline');
      wasReachable = false;
      screen.show('offline', plain(words.offline, '', words.offlineNext(waiting)));
    },
    onReply(_scan: Scan, reply) {
      wasReachable = true;
      answer(screen, reply, timeZone);
    },
  });

  scanForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = codeInput.value.trim();
    // Emptied at once: the scanner may already be typing the next code.
    codeInput.value = '';
    codeInput.focus();
    if (code === '') return;
    const isTaken = queue.add({ scanId: crypto.randomUUID(), code });
    if (!isTaken) screen.show('problem', plain(words.queueFull, '', words.queueFullNext));
  });

  keepFocus(codeInput);
  addEventListener('beforeunload', (event) => {
    if (queue.waiting > 0) event.preventDefault();
  });
}

function answer(screen: Screen, reply: Exclude<Reply, { kind: 'unreachable' }>, timeZone: string): void {
  if (reply.kind === 'problem') {
    screen.show('problem', plain(words.problem, `${reply.title} ${reply.detail}`.trim(), words.problemNext));
    signal('refuse');
    return;
  }
  const { verdict } = reply;
  const text = verdictWords(verdict, timeZone);
  screen.show(verdict.outcome, text, verdict.ticket);
  screen.remember(verdict.outcome, verdict.scannedAtMs, text, verdict.ticket);
  signal(verdict.outcome);
}

function plain(word: string, says: string, next: string) {
  return { word, says, next, facts: [] };
}

/** A tap beside the input must not send the next scan into nowhere. Links and buttons keep their own focus. */
function keepFocus(codeInput: HTMLInputElement): void {
  codeInput.focus();
  document.addEventListener('pointerup', ({ target }) => {
    if (!(target instanceof Element) || target.closest('a, button') === null) codeInput.focus();
  });
  addEventListener('focus', () => codeInput.focus());
  document.addEventListener('keydown', (event) => {
    const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isTyping && document.activeElement !== codeInput) codeInput.focus();
  });
}
