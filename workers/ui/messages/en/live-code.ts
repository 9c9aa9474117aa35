/** The code that changes every ten seconds, the phone that shows it, and the wallet as an app. */
export const liveCode = {
  label: 'Live ticket code for the gate to scan',
  /** Without scripts. */
  needsScripts:
    'This ticket has no printed code: your phone makes one that changes every ten seconds, and that takes JavaScript. Turn it on for this site, or go to the help desk with the name on the order.',
  reentryNeedsScripts:
    'The code above opens the gate once. To come back in you show a code made by your phone, which takes JavaScript.',
  offer: {
    title: 'One phone shows this ticket',
    detail:
      'Its code is made here and changes every ten seconds, so a screenshot opens nothing. Once activated it needs no network.',
    action: 'Activate on this phone',
  },
  reentry: {
    title: 'For coming back in',
    detail: 'Paper opens the gate once. After that the gate takes the code of one phone, made anew every ten seconds.',
    action: 'Activate on this phone',
  },
  elsewhere: {
    title: 'This ticket is on another phone',
    detail: 'Move it here, and the code over there stops working at once.',
    action: 'Show it on this phone instead',
  },
  moved: {
    title: 'This ticket moved to another phone',
    detail: 'The code that was here opens nothing any more. If that was not you, take the ticket back.',
    action: 'Show it on this phone instead',
  },
  lost: {
    title: 'This phone let go of its code',
    detail:
      'Its browser cleared what it keeps, as browsers do after idle days and when somebody signs out. One press makes a new code.',
    action: 'Activate again',
  },
  working: 'Activating…',
  live: 'Live',
  hint: 'Turn the screen up bright and hold it flat. It stays awake while the code is shown.',
  clock: {
    unknown:
      'Nobody has checked this phone’s clock for days. If the gate does not take the code, connect for a moment and it corrects itself.',
    slow: (amount: string) =>
      `This phone’s clock is ${amount} slow. The code is corrected for it; leave the clock as it is until you are in.`,
    fast: (amount: string) =>
      `This phone’s clock is ${amount} fast. The code is corrected for it; leave the clock as it is until you are in.`,
    seconds: (count: number) => `${count} seconds`,
    minutes: (count: number) => (count === 1 ? 'a minute' : `${count} minutes`),
    hours: (count: number) => (count === 1 ? 'an hour' : `${count} hours`),
  },
  problem: {
    unreachable: 'No connection. Activating takes one, this once: try again when you have a bar.',
    proof: 'To take a ticket off its phone, show first that it is you.',
    prove: 'Show that it is me',
    keyless: 'This browser keeps nothing between visits, as private windows do. Open the ticket in a usual window.',
    unknown: 'That did not work. Reload the page and try again.',
  },
  offline: {
    title: 'My tickets',
    asOf: (time: string) => `Offline, as of ${time}`,
    never: 'Offline',
    detail: 'What is shown here is kept on this phone. Codes work all the same.',
    back: 'Connected again',
    again: 'Try again',
    empty: 'No tickets are kept on this phone.',
    emptyDetail: 'Open “My tickets” once with a connection, and they are here without one from then on.',
    unknownTicket: 'This ticket is not kept on this phone. Open it once with a connection.',
    all: 'All tickets on this phone',
    noScripts: 'You are offline, and showing kept tickets takes JavaScript.',
  },
  app: {
    name: '247GBS Expo tickets',
    shortName: 'Tickets',
    description: 'Your tickets, with or without a network.',
    language: 'en-GB',
  },
};
