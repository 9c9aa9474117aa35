import { describe, expect, it } from 'vitest';
import { printedCodeLength } from '#shared/tickets/code.ts';
import { liveCodeLength } from '#shared/tickets/live-code.ts';
import { isFull } from '#test/support/full-run.ts';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import { activateHere, liveQr, nightOwl, openLiveTicket } from '#test/support/journey-live.ts';
import { readPicture, type Scene } from '#test/support/journey-qr.ts';
import { messages } from '#workers/ui/messages/en.ts';

const visitors = useVisitors();

/** Small in the picture, close by, at every angle a hand holds it, dim, washed out, and all of that at once. */
const scenes: readonly Scene[] = [
  { scale: 0.7 },
  { scale: 1 },
  { scale: 2.5 },
  { degrees: 8 },
  { degrees: 45 },
  { degrees: 90 },
  { degrees: 180 },
  { degrees: 263, scale: 1.5 },
  { contrast: 0.3 },
  { brightness: 0.35 },
  { scale: 1.3, degrees: -12, contrast: 0.4, brightness: 0.5 },
];

const others: [string, VisitorOptions][] = [
  ['a phone', { screen: 'phone' }],
  ['a desktop', { screen: 'desktop' }],
];
const screens: [string, VisitorOptions][] = [
  // The code keeps its own white around it in a dark page: the harder of the two.
  ['a phone at night', { screen: 'phone', theme: 'dark' }],
  ...(isFull ? others : []),
];

// PRD 8.1/2: what a screen shows, a camera reads.
describe.each(screens)('the codes on %s', (_which, options) => {
  it('are read from pictures of it, printed and live, whatever their size, angle and light', async () => {
    const page = await visitors.arrive(options);
    await openLiveTicket(page, nightOwl);
    const paper = await page.getByRole('img', { name: messages.ticket.qrLabel, exact: true }).screenshot();
    await activateHere(page);
    const live = await liveQr(page).screenshot();
    for (const [picture, length] of [
      [paper, printedCodeLength],
      [live, liveCodeLength],
    ] as const) {
      const plain = await readPicture(page, picture);
      expect(plain).toHaveLength(length);
      const read = await Promise.all(scenes.map((scene) => readPicture(page, picture, scene)));
      expect(read).toEqual(scenes.map(() => plain));
    }
  });
});
