/** The switch for push messages, on the account's pages. */
export const push = {
  title: 'Notices on this device',
  lead: 'We show a notice here when something happens to your account: a new device, a changed address.',
  turnOn: 'Turn on notices',
  turnOff: 'Turn off notices',
  isOn: 'Notices are on for this browser.',
  isOff: 'Notices are off for this browser.',
  working: 'One moment …',
  needsScript: 'To turn notices on, this page needs JavaScript.',
  unsupported: 'This browser cannot show notices. On an iPhone or iPad, first add this site to the home screen.',
  denied: 'This browser was told not to let us. Allow notifications for this site in its settings, then come back.',
  failed: 'That did not work. Check your connection and try again.',
};
