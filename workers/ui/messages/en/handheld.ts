/** What an enrolled scanner says beside its answers: its camera, its network, what it carries, what it still has to send. */
export const handheld = {
  start: 'Start the camera',
  opening: 'Opening the camera…',
  aim: 'Hold the code in the frame.',
  crowded: 'Two codes in view. Show one.',
  closed: 'Scan with the camera, a scanner, or type the code.',
  torch: 'Light',
  change: 'Other camera',
  finder: 'Camera',
  problems: {
    denied: 'The camera is not allowed. Allow it for this site in your browser’s settings, then start it again.',
    none: 'This device has no camera. Use a scanner, or type the code.',
    busy: 'Another app has the camera. Close that app, then start it again.',
  },
  nfc: {
    turnOn: 'Read NFC taps',
    isOn: 'NFC is on: hold the wristband or card to the back of this phone.',
    denied: 'NFC is off or not allowed. Turn it on in the phone’s settings.',
    unreadable: 'That tag has no ticket on it.',
  },
  soundOff: 'Sound is off until you tap the screen once.',
  type: 'Type a code',
  reach: {
    connecting: 'Connecting',
    online: 'Online',
    offline: (since: string) => `Offline since ${since}`,
    unsure: 'Slow network',
  },
  offlineNow: 'This phone decides by itself and keeps every scan.',
  listAge: (minutes: number) =>
    minutes < 1
      ? 'List is fresh'
      : minutes < 60
        ? `List is ${minutes} min old`
        : `List is ${Math.floor(minutes / 60)} h old`,
  noList: 'No list yet: needs the network once',
  listOver: 'List is too old',
  waiting: (count: number) => (count === 0 ? 'All sent' : count === 1 ? '1 scan to send' : `${count} scans to send`),
  drift: (minutes: number, isFast: boolean) =>
    `This phone’s clock is ${minutes} min ${isFast ? 'fast' : 'slow'}. Answers allow for it; set it right when you can.`,
  setBack: 'This phone’s clock was changed. Set it to network time.',
  alone: 'Decided by this phone alone.',
  aloneStale: 'Decided by an old list: tell your supervisor.',
  noName: 'The name is not known here without network: compare the name on their booking with their document.',
  cannot: {
    no_manifest: {
      word: 'No list',
      says: 'This phone has no network and was never given the event’s list.',
      next: 'Nobody is let in by it. Use another scanner, and call the supervisor.',
    },
    stale: {
      word: 'List too old',
      says: 'This phone was without network for too long: its list no longer counts.',
      next: 'Bring it to where there is network for a moment. Until then, use another scanner.',
    },
    needs_event: {
      word: 'Needs network',
      says: 'A ticket that was looked up can only be checked with network.',
      next: 'Scan its code instead, or call the supervisor.',
    },
    full: {
      word: 'Phone is full',
      says: 'This phone has no room to write the scan down, so nothing was decided.',
      next: 'Delete photos or apps, or use another scanner.',
    },
  },
  late: {
    wordOut: 'Should not be in',
    wordIn: 'May go in',
    says: (typeName: string) => `The answer came late, and is another one. ${typeName}`,
    nextOut: 'Somebody you let in a moment ago was to be refused. Tell your supervisor; it is on record.',
    nextIn: 'Somebody you sent away a moment ago has a good ticket. Let them in; they are counted.',
  },
  announced: (text: string) => `Supervisor: ${text}`,
  incidents: (count: number) =>
    count === 1
      ? '1 scan overlapped with another gate. Supervisors see it.'
      : `${count} scans overlapped with other gates. Supervisors see them.`,
  incidentHeard: 'A new incident is on the Gates page of the studio.',
  elsewhere: 'This scanner is open in another window. Close that one, or go on here.',
  goOnHere: 'Go on here',
  otherEvent: (title: string) => `It is for: ${title}`,
  foreign: {
    link: (host: string) => `A link to ${host}, not a ticket of ours`,
    wifi: 'A Wi-Fi code, not a ticket',
    contact: 'A contact card, not a ticket',
    boarding_pass: 'A boarding pass, not a ticket',
    payment: 'A payment code, not a ticket',
    product: 'A product’s barcode, not a ticket',
  },
  takenBackHere: 'It is taken back on this phone, and goes on record when there is network.',
};
