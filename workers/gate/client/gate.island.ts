import { shownAs } from '#shared/admission/next-steps.ts';
import type { OverrideCause } from '#shared/admission/verdict.ts';
import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { stepGroups } from '#workers/ui/messages/gate-steps.ts';
import { handOver, takeBack } from './act.ts';
import { watchOpenGates } from './open-banner.ts';
import { renewProof } from './renew-proof.ts';
import { openScanLink } from './scan-link.ts';
import type { Reply, Scan } from './scan-queue.ts';
import { ScanQueue } from './scan-queue.ts';
import { openScreen, type Screen } from './screen.ts';
import { sendScan } from './send-scan.ts';
import { signal } from './signals.ts';
import { showSteps } from './steps.ts';
import { openWhereabouts } from './whereabouts.ts';
import { freshScanId } from '../fresh-scan-id.ts';

/** The gate without page loads: takes codes as fast as a scanner types them and answers each with the whole screen. */

const outOfService = new Set(['device_revoked', 'device_over', 'device_unknown', 'device_off_duty']);
const renewEveryMs = 7 * 60_000;

const root = document.querySelector<HTMLElement>('[data-gate]');
const form = document.querySelector<HTMLFormElement>('[data-scan]');
const input = document.querySelector<HTMLInputElement>('#code');
if (root && form && input) start(root, form, input);

function start({ dataset }: HTMLElement, scanForm: HTMLFormElement, codeInput: HTMLInputElement): void {
  const { gateId = '', timeZone = 'UTC', now = '', proof: proofUrl } = dataset;
  const can = { mayOverride: 'mayOverride' in dataset, mayRedeem: 'mayRedeem' in dataset };
  const screen = openScreen(timeZone);
  const where = openWhereabouts();
  const gates = watchOpenGates(now, timeZone);
  let wasReachable = true;
  const send = sender(dataset, gates.look);

  const queue = new ScanQueue({
    send,
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
    onReply(scan: Scan, reply, waiting) {
      wasReachable = true;
      showReply(screen, reply);
      // The page it would be drawn as now says what the phone has become: locked, over, or nobody's.
      if (reply.kind === 'problem' && outOfService.has(reply.code) && waiting === 0) location.reload();
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
  // Before its ten minutes are over, so that no scan has to wait for it.
  if (proofUrl !== undefined) setInterval(() => void renewProof(proofUrl), renewEveryMs);
  addEventListener('beforeunload', (event) => {
    if (queue.waiting > 0) event.preventDefault();
  });
}

/**
 * How scans reach the event: an enrolled phone's socket first, HTTP where it does not stand or does not answer. The same id
 * gets the same answer on both.
 */
function sender(
  { scans: url = '', gateId = '', socket, deviceId }: DOMStringMap,
  lookAtGates: () => void,
): (scan: Scan) => Promise<Reply> {
  if (socket === undefined || deviceId === undefined) return (scan) => sendScan(url, gateId, scan);
  const link = openScanLink(socket, deviceId, {
    news: (news) => {
      if (news.some(([what]) => what === 'gates')) lookAtGates();
    },
    // The page it would be drawn as now says what the phone has become.
    shut: () => location.reload(),
  });
  return async (scan) => {
    const reply = await link.ask({ ...scan, gateId });
    return reply.kind === 'unreachable' ? sendScan(url, gateId, scan) : reply;
  };
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

/** The same code again, with what was compared or decided since. */
function scanOf(fields: FormData): Omit<Scan, 'deviceAtMs' | 'location'> {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const cause = text('cause');
  return {
    scanId: text('scan_id') ?? freshScanId(),
    code: text('code') ?? '',
    ticketId: text('ticket_id'),
    direction: directionOf(fields),
    identity: text('identity') as Scan['identity'],
    override: cause === undefined ? undefined : { cause: cause as OverrideCause },
  };
}

function directionOf(fields: FormData): Scan['direction'] {
  return fields.get('direction') === 'out' ? 'out' : 'in';
}

/** Kept in the address, so that a reload counts the same way. */
function rememberDirection(direction: Scan['direction']): void {
  const url = new URL(location.href);
  url.searchParams.set('direction', direction);
  history.replaceState(history.state, '', url);
}

/** A tap beside the input must not send the next scan into nowhere. Whatever can be used keeps its own focus. */
function keepFocus(codeInput: HTMLInputElement): void {
  const usable = 'a, button, select, summary, label, input';
  codeInput.focus({ preventScroll: true });
  document.addEventListener('pointerup', ({ target }) => {
    if (!(target instanceof Element) || target.closest(usable) === null) codeInput.focus({ preventScroll: true });
  });
  addEventListener('focus', () => codeInput.focus({ preventScroll: true }));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isElsewhere = !(document.activeElement instanceof HTMLSelectElement);
    if (isTyping && isElsewhere && document.activeElement !== codeInput) codeInput.focus({ preventScroll: true });
  });
}
