import { shownAs } from '#shared/admission/next-steps.ts';
import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { stepGroups } from '#workers/ui/messages/gate-steps.ts';
import { handOver, takeBack } from './act.ts';
import { watchOpenGates } from './open-banner.ts';
import type { Reply, Scan } from './scan-queue.ts';
import { ScanQueue } from './scan-queue.ts';
import { directionOf, keepFocus, rememberDirection, scanOf } from './scan-form.ts';
import { openScreen, type Screen } from './screen.ts';
import { sendScan } from './send-scan.ts';
import { signal } from './signals.ts';
import { showSteps } from './steps.ts';
import { openWhereabouts } from './whereabouts.ts';
import { freshScanId } from './fresh-scan-id.ts';

/**
 * The gate without page loads, for somebody signed in: takes codes as fast as a scanner types them and answers each with the
 * whole screen. A phone that was enrolled has an island of its own.
 */

const root = document.querySelector<HTMLElement>('[data-gate]');
const form = document.querySelector<HTMLFormElement>('[data-scan]');
const input = document.querySelector<HTMLInputElement>('#code');
if (root && form && input) start(root, form, input);

function start({ dataset }: HTMLElement, scanForm: HTMLFormElement, codeInput: HTMLInputElement): void {
  const { gateId = '', timeZone = 'UTC', now = '' } = dataset;
  const can = { mayOverride: 'mayOverride' in dataset, mayRedeem: 'mayRedeem' in dataset };
  const screen = openScreen(timeZone);
  const where = openWhereabouts();
  const gates = watchOpenGates(now, timeZone);
  let wasReachable = true;

  const queue = new ScanQueue({
    send: (scan) => sendScan(dataset['scans'] ?? '', gateId, scan),
    wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    onSending(waiting) {
      showSteps([]);
      if (wasReachable) screen.tell('checking', { word: words.checking, next: words.checkingNext(waiting) });
    },
    onUnreachable(waiting) {
      if (wasReachable) signal('offline');
      wasReachable = false;
      screen.tell('offline', { word: words.offline, next: words.offlineNext(waiting) });
    },
    onReply(scan: Scan, reply) {
      wasReachable = true;
      showReply(screen, reply);
      if (reply.kind !== 'verdict') return;
      if (reply.verdict.reason === 'admit_all') gates.look();
      const from = { ...scan, gateId, ticketId: scan.ticketId };
      showSteps(stepGroups(reply.verdict, can, from, freshScanId));
    },
  });

  function add(scan: Omit<Scan, 'deviceAtMs' | 'location'>): void {
    const isTaken = queue.add({ ...scan, location: where(), deviceAtMs: Date.now() });
    if (!isTaken) screen.tell('problem', { word: words.queueFull, next: words.queueFullNext });
  }

  scanForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = codeInput.value.trim();
    const direction = directionOf(new FormData(scanForm));
    // Emptied at once: the scanner may already be typing the next code.
    codeInput.value = '';
    codeInput.focus({ preventScroll: true });
    if (code !== '') add({ scanId: freshScanId(), code, direction });
  });
  scanForm.addEventListener('change', () => rememberDirection(directionOf(new FormData(scanForm))));

  document.addEventListener('submit', (event) => {
    const { target } = event;
    const act = target instanceof HTMLFormElement ? target.dataset['act'] : undefined;
    if (act === undefined || !(target instanceof HTMLFormElement)) return;
    event.preventDefault();
    codeInput.focus({ preventScroll: true });
    const fields = new FormData(target);
    if (act === 'take_back') void takeBack(screen, dataset, fields);
    else if (act === 'hand_over') void handOver({ screen, dataset, fields, can, location: where() });
    else add(scanOf(fields));
  });

  keepFocus(codeInput);
  addEventListener('beforeunload', (event) => {
    if (queue.waiting > 0) event.preventDefault();
  });
}

function showReply(screen: Screen, reply: Exclude<Reply, { kind: 'unreachable' }>): void {
  if (reply.kind === 'problem') {
    screen.tell('problem', {
      word: words.problem,
      says: `${reply.title}. ${reply.detail}`.trim(),
      next: words.problemNext,
    });
    signal('refuse');
    return;
  }
  screen.showVerdict(reply.verdict);
  const shown = shownAs(reply.verdict);
  signal(shown === 'counter' ? 'partial' : shown);
}
