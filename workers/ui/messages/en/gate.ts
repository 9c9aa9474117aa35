import type { Outcome, OverrideCause, Reason } from '#shared/admission/verdict.ts';

/** What a steward is told for each reason: what it is, and what to do with the person standing there. */
type ReasonWords = {
  readonly says: string;
  readonly next: string;
  /** Instead of its outcome's own, where that would tell the steward to do something else. */
  readonly word?: string;
};

const outcomeWords: Readonly<Record<Outcome, string>> = {
  grant: 'Let in',
  partial: 'Part access',
  redirect: 'Other gate',
  refuse: 'No entry',
  fraud: 'Stop',
};

/** What is drawn with each word: no two answers share one, so that it can be told apart without colour. */
const shapeWords: Readonly<Record<Outcome | 'counter' | 'ready', string>> = {
  grant: 'Tick',
  partial: 'Half-filled disc',
  redirect: 'Arrow',
  refuse: 'Bar',
  fraud: 'Octagon',
  counter: 'Open hand',
  ready: 'Empty frame',
};

const causeWords: Readonly<Record<OverrideCause, string>> = {
  phone_dead: 'Their phone is dead or lost',
  damaged_code: 'The code cannot be read',
  name_confirmed: 'I know who they are',
  organiser_guest: 'A guest of the organiser',
  queue_safety: 'The queue is getting dangerous',
  system_fault: 'The system is wrong',
};

const reasonWords: Readonly<Record<Reason, ReasonWords>> = {
  admitted: { says: 'Ticket is good.', next: 'Let them in.' },
  exited: { word: 'Out', says: 'Counted out.', next: 'They may come back in if their ticket allows it.' },
  benefit_redeemed: { word: 'Hand over', says: 'It is theirs.', next: 'What you hand over is now used.' },
  overridden: { says: 'Against what the ticket says.', next: 'Let them in. Your name and the reason are on record.' },
  admit_all: {
    says: 'All gates are open to everybody.',
    next: 'Let them in. Keep scanning if you can: it counts heads.',
  },
  partly_admitted: {
    says: 'Good for part of what is behind this gate.',
    next: 'Let them in, to the areas named here.',
  },
  wrong_day: {
    word: 'Other day',
    says: 'Good ticket, another day.',
    next: 'Show them the day, and ask them to come then.',
  },
  benefit_elsewhere: {
    word: 'Other desk',
    says: 'Handed out somewhere else.',
    next: 'Send them to the counter named here.',
  },
  already_inside: {
    says: 'This ticket is already inside.',
    next: 'If they came out unscanned, scan them out first. If not, call the supervisor.',
  },
  not_inside: { word: 'Not inside', says: 'Never counted in.', next: 'Let them leave. Nothing has to be done.' },
  zone_full: {
    word: 'Full',
    says: 'Nobody more fits in there now.',
    next: 'Ask them to wait here until people have come out.',
  },
  companion_first: {
    word: 'Wait',
    says: 'A companion’s ticket.',
    next: 'Scan the ticket of the person they come with first.',
  },
  name_check: {
    word: 'Check name',
    says: 'Good ticket, for one person only.',
    next: 'Ask their name. If it is the one shown, press “Name is right”.',
  },
  document_check: {
    word: 'Check ID',
    says: 'Good ticket, for one person only.',
    next: 'Ask for a document with the name shown. If it is theirs, press “Document is right”.',
  },
  benefit_unknown: {
    word: 'Not this',
    says: 'Not included in this ticket.',
    next: 'Show them what their ticket includes.',
  },
  benefit_used_up: { word: 'All gone', says: 'Already handed out.', next: 'Nothing is left of this on the ticket.' },
  counter_only: {
    word: 'Nothing left',
    says: 'Nothing is left to hand out on this ticket.',
    next: 'This counter lets nobody in: send them to a gate.',
  },
  code_required: {
    says: 'This ticket is good only with its code.',
    next: 'Ask them to open it on their phone. A supervisor can let them in by name.',
  },
  too_many_tries: {
    says: 'Too many wrong numbers were typed here.',
    next: 'Scan codes instead. Typing works again in five minutes.',
  },
  home_gate: {
    says: 'Good ticket, but the network is down here.',
    next: 'Until it is back, the gate named here lets this ticket in. Send them there.',
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
  pressAgain: 'Nothing was done yet. Press the button again.',
  queueFull: 'Too many scans waiting',
  queueFullNext: 'That one was not taken. Wait for the network, then scan it again.',
  problem: 'Not checked',
  problemNext: 'Scan it again. If this stays, call the supervisor.',
  leaveWarning: 'Scans are still waiting to be sent.',
  recent: 'Last scans',
  recentEmpty: 'Nothing scanned yet.',
  verdict: 'Answer',
  outcomes: outcomeWords,
  shapes: shapeWords,
  byHand: 'By hand',
  counter: { word: 'Hand out', next: 'Choose what you hand over. Nobody is let in here.' },
  direction: { legend: 'Which way?', in: 'In', out: 'Out', outBar: 'Counting people out' },
  steps: {
    title: 'What next',
    nameIsRight: 'Name is right',
    documentIsRight: 'Document is right',
    takeBack: 'Take back',
    takeBackHint: 'For two minutes. The ticket is as it was before this scan, and the head count too.',
    takenBack: 'Taken back',
    takenBackSays: 'The ticket is as it was before that scan.',
    takenBackNext: 'Both stay on record. Scan the next ticket.',
    byHand: 'Let in by hand…',
    byHandConfirm: 'Let them in by hand',
    byHandHint: 'Against what the ticket says. Your name and this reason go on record.',
    cause: 'Why?',
    causeNone: 'Choose a reason',
    causes: causeWords,
    included: (benefits: readonly { name: string; left: number }[]) =>
      `Not handed out yet: ${benefits.map(({ name, left }) => (left > 1 ? `${left} × ${name}` : name)).join(', ')}`,
    handOver: (name: string) => `Hand over: ${name}`,
    left: (left: number) => (left === 1 ? '1 left on this ticket' : `${left} left on this ticket`),
    howMany: (name: string) => `How many: ${name}`,
  },
  tools: {
    title: 'More',
    find: 'Find a ticket',
    emergency: 'Emergency and head count',
    location: 'Send where this scanner is',
    locationHint: 'Kept with each scan. Your browser asks you once.',
    locationRefused: 'Your browser said no. Allow the location for this site in its settings.',
  },
  opened: {
    title: 'All gates are open',
    says: (time: string) => `Everybody is let in since ${time}. Go on scanning if you can: it counts heads.`,
  },
  find: {
    title: 'Find a ticket',
    lead: 'For people whose phone is dead or lost. Every look-up goes on record under your name.',
    label: 'Order reference, ticket number or email',
    hint: 'Such as 4F7K-Q2XN, 7KQ2M-X9TBD or amara@example.com.',
    search: 'Find',
    none: 'Nothing found',
    noneDetail: 'Check the spelling, or try the email address they booked with.',
    number: (handle: string) => `Ticket number ${handle}`,
    order: (reference: string) => `Order ${reference}`,
    tickets: (count: number) => (count === 1 ? '1 ticket' : `${count} tickets`),
    choose: 'Open this order',
    holder: 'Name on the order',
    erased: 'Erased',
    entries: (entries: number) =>
      entries === 0 ? 'Not used yet' : entries === 1 ? 'Used once' : `Used ${entries} times`,
    given: 'Given to whoever has this address.',
    givenAway: 'Given to somebody else. Find it by the address it was given to.',
    check: 'Check as if scanned',
    back: 'Back to the gate',
    again: 'Search again',
  },
  emergency: {
    title: 'Emergency',
    lead: 'Who is where, and the switch that opens every gate.',
    heads: 'Head count',
    headsHint:
      'Scanned in minus scanned out: where exits are not scanned, too high. Somebody who went on from one area into another counts in both.',
    taken: (time: string) => `Counted at ${time}`,
    zone: 'Area',
    inside: 'Inside now',
    limit: 'Limit',
    noLimit: 'None',
    fresh: 'Count again',
    print: 'Print this count',
    open: 'Open all gates',
    openLead:
      'Nobody is refused at any gate of this event, forged tickets included. Scans go on being counted. It is recorded under your name.',
    cause: 'Why?',
    causes: {
      evacuation: 'People must get out or to safety',
      crush_risk: 'A crush is forming outside',
      system_fault: 'Checking has broken down',
      organiser_decision: 'The organiser decided so',
    } as Readonly<Record<string, string>>,
    confirm: 'I am sure: open every gate now',
    confirmClose: 'I am sure: check tickets again',
    isOpen: 'All gates are open',
    openSince: (time: string, cause: string) => `Since ${time}. ${cause}.`,
    close: 'Check tickets again',
    closeLead: 'Gates go back to their rules at once.',
    unsure: 'Tick the box to confirm.',
    back: 'Back to the gate',
  },
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
