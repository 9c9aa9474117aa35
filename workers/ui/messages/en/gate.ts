import type { Outcome, Reason } from '#shared/admission/verdict.ts';

/** What a steward is told for each reason: what it is, and what to do with the person standing there. */
type ReasonWords = { readonly says: string; readonly next: string };

const outcomeWords: Readonly<Record<Outcome, string>> = {
  grant: 'Let in',
  partial: 'Part access',
  redirect: 'Other gate',
  refuse: 'No entry',
  fraud: 'Stop',
};

const reasonWords: Readonly<Record<Reason, ReasonWords>> = {
  admitted: { says: 'Ticket is good.', next: 'Let them in.' },
  wrong_gate: { says: 'Good ticket, wrong gate.', next: 'Send them to the gate named here.' },
  not_yet_valid: { says: 'Too early for this ticket.', next: 'Ask them to come back at the time shown.' },
  expired: { says: 'This ticket’s time is over.', next: 'Send them to the ticket desk.' },
  already_admitted: {
    says: 'Already let in on this ticket.',
    next: 'Ask if somebody they came with used it. If not, call the supervisor.',
  },
  refunded: { says: 'This ticket was refunded.', next: 'It can be bought again at the ticket desk.' },
  suspended: { says: 'This ticket is on hold.', next: 'Send them to the help desk with this ticket.' },
  event_cancelled: {
    says: 'This event is cancelled.',
    next: 'Money comes back by itself. Send questions to the help desk.',
  },
  wrong_event: {
    says: 'A real ticket, for another event.',
    next: 'Ask them to check the date and place on their ticket.',
  },
  unknown_ticket: {
    says: 'No ticket has this number.',
    next: 'Type it again from the screen. Still nothing: ticket desk.',
  },
  unreadable_code: {
    says: 'This is not a ticket code.',
    next: 'Ask for the code on the ticket itself and scan again.',
  },
  replaced_code: {
    says: 'An old copy: this ticket got a newer code.',
    next: 'Ask them to open the ticket again and show the new one.',
  },
  forged_code: { says: 'Nobody issued this code.', next: 'Keep the person here and call the supervisor.' },
};

export const gate = {
  list: {
    title: 'Choose your gate',
    lead: 'You scan for one gate at a time. Pick the one you are standing at.',
    empty: 'No event is yours to scan today. Ask the organiser to add you as a steward.',
    zones: (zones: string) => `Opens ${zones}`,
    gatesOf: (event: string) => `Gates of ${event}`,
  },
  title: (gateName: string) => `${gateName} gate`,
  change: 'Change gate',
  code: 'Scan or type the code',
  codeHint: 'A scanner presses Enter by itself.',
  check: 'Check',
  ready: 'Ready',
  readyNext: 'Scan the next ticket.',
  checking: 'Checking',
  checkingNext: (waiting: number) => (waiting <= 1 ? 'One moment.' : `${waiting} scans in the queue.`),
  offline: 'No network',
  offlineNext: (waiting: number) =>
    `Nobody is let in by this screen until it is back. Trying again; ${waiting === 1 ? '1 scan is' : `${waiting} scans are`} kept.`,
  online: 'Online',
  queueFull: 'Too many scans waiting',
  queueFullNext: 'That one was not taken. Wait for the network, then scan it again.',
  problem: 'Not checked',
  problemNext: 'Scan it again. If this stays, call the supervisor.',
  leaveWarning: 'Scans are still waiting to be sent.',
  recent: 'Last scans',
  recentEmpty: 'Nothing scanned yet.',
  verdict: 'Answer',
  outcomes: outcomeWords,
  reasons: reasonWords,
  admittedAt: (time: string, gateName: string) => `First let in at ${time}, ${gateName}`,
  windowFrom: (when: string) => `Good from ${when}`,
  windowUntil: (when: string) => `Was good until ${when}`,
  goTo: (gates: string) => `Go to: ${gates}`,
  countInside: (admitted: number, admits: number) => `Person ${admitted} of ${admits} on this ticket`,
};
