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
  exited: { says: 'Counted out.', next: 'They may come back in if their ticket allows it.' },
  benefit_redeemed: { says: 'Hand it over.', next: 'This one is now used.' },
  overridden: { says: 'Let in by hand.', next: 'Your name and the reason are on record.' },
  admit_all: {
    says: 'All gates are open to everybody.',
    next: 'Let them in. Keep scanning if you can: it counts heads.',
  },
  partly_admitted: {
    says: 'Good for part of what is behind this gate.',
    next: 'Let them in, to the areas named here.',
  },
  wrong_day: { says: 'Good ticket, another day.', next: 'Show them the day, and ask them to come then.' },
  benefit_elsewhere: { says: 'Handed out somewhere else.', next: 'Send them to the counter named here.' },
  already_inside: {
    says: 'This ticket is already inside.',
    next: 'If they came out unscanned, scan them out first. If not, call the supervisor.',
  },
  not_inside: { says: 'Never counted in.', next: 'Let them leave. Nothing has to be done.' },
  zone_full: { says: 'Full.', next: 'Ask them to wait here until people have come out.' },
  companion_first: {
    says: 'A companion’s ticket.',
    next: 'Scan the ticket of the person they come with first.',
  },
  name_check: { says: 'Check the name.', next: 'Ask their name. If it is the one shown, press “Name is right”.' },
  document_check: {
    says: 'Check a document.',
    next: 'Ask for a document with the name shown. If it is theirs, press “Document is right”.',
  },
  benefit_unknown: { says: 'Not included in this ticket.', next: 'Show them what their ticket includes.' },
  benefit_used_up: { says: 'Already handed out.', next: 'Nothing is left of this on the ticket.' },
  counter_only: { says: 'This counter lets nobody in.', next: 'Choose what to hand out, or send them to a gate.' },
  code_required: {
    says: 'This ticket is good only with its code.',
    next: 'Ask them to open it on their phone. A supervisor can let them in by name.',
  },
  too_many_tries: {
    says: 'Too many wrong numbers were typed here.',
    next: 'Scan codes instead. Typing works again in five minutes.',
  },
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
    says: 'A ticket for another event.',
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
  stale_code: {
    says: 'This code’s time is over.',
    next: 'Ask them to open the ticket on their own phone, and scan what it shows now. Pictures of it do not open gates.',
  },
  retired_key: {
    says: 'An old code: codes like it were withdrawn.',
    next: 'Ask them to open the ticket again. It shows the new code by itself.',
  },
  downgraded_code: {
    says: 'Paper is not enough for this ticket now.',
    next: 'Ask them to open it on their phone. A supervisor can let them in by name.',
  },
  wrong_holder: {
    says: 'Copied: the phone of this ticket did not make this code.',
    next: 'Keep the person here and call the supervisor.',
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
  goodOn: (when: string) => `Good on ${when}`,
  opensZones: (zones: string) => `Yes: ${zones}`,
  withheldZones: (zones: string) => `Not: ${zones}`,
  fullZones: (zones: string) => `Full: ${zones}`,
  holder: (name: string) => `Name on the ticket: ${name}`,
  overrides: (says: string) => `The ticket said: ${says}`,
  benefitLeft: (name: string, left: number) => `${name}: ${left === 0 ? 'none left' : `${left} left`}`,
  countInside: (admitted: number, admits: number) => `Person ${admitted} of ${admits} on this ticket`,
};
