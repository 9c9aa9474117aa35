import type { EpochMs } from '#shared/time.ts';
import { openDaysReviews } from '../../reviews/others.ts';
import { type EventRow, type EventSeed, exhibitorsOf, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { eventId, type Frame, frameOf, timeZone } from './frame.ts';
import { programme } from './programme.ts';
import { openDaysRules } from './rules.ts';

export function openDays(anchor: EpochMs): EventSeed {
  const frame = frameOf(anchor);
  const { firstDay } = frame;
  return {
    event: openDaysEvent(frame),
    rules: openDaysRules(frame),
    programme: programmeOf({ key: 'open_days', eventId, firstDay, timeZone }, programme),
    exhibitors: exhibitorsOf(eventId, [
      ['biz_brightwell_neon', 'Makers’ loft', 'L1', 'Bend a letter over the ribbon burner, three people at a time.'],
      ['biz_hollow_oak', 'The yard', 'Y3', 'Storm-wood spoons, and a block to try it yourself.'],
      ['biz_adunni_pepper', 'The yard', 'Y7', 'Soup at midnight, pepper on request.'],
      ['biz_patchbay_row', 'Makers’ loft', 'L4', 'Free soldering lessons on instruments that forgive you.'],
      ['biz_cartwheel', 'The yard', 'Y9', 'Bring a bike that squeaks. Ride off on one that doesn’t.'],
    ]),
    reviews: reviewsOf('open_days', eventId, frame.endsAt, openDaysReviews),
  };
}

const description = [
  'For three days and nights the doors of Lantern Yard stay open. Bring something broken and sit beside somebody who can mend it; bring nothing and stay for the market, the brass band and the soup.',
  'The repair hall has benches for electrics, textiles, bikes and furniture. The yard has forty tables of things made within two miles. Upstairs in the loft you can solder, carve or, if you are one of a lucky three, bend neon.',
  'It is free at any hour. A ticket tells us how much cake to bake.',
];

function openDaysEvent(frame: Frame): EventRow {
  return {
    id: eventId,
    number: 1003,
    slug: 'open-days',
    businessId: 'biz_common_thread',
    title: 'Open Days at Lantern Yard',
    summary: 'A free repair café and makers’ market in Peckham whose doors stay open for three days and nights.',
    description: description.join('\n\n'),
    category: 'Community',
    venueName: 'Lantern Yard',
    venueAddress: '40 Brightwell Lane, Peckham, London SE15',
    city: 'London',
    countryCode: 'GB',
    latitude: 51.4703,
    longitude: -0.0689,
    timeZone,
    currency: 'GBP',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/open-days/hero.svg',
    posterKey: 'events/open-days/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'There is nothing to refund. If you can’t come, give your ticket back from your wallet so that a neighbour can have the place.',
      },
      {
        title: 'Getting in',
        text: 'Any hour, from either gate. Each ticket lets you in once; if you need to pop home, get a stamp on the way out.',
      },
      {
        title: 'Repairs',
        text: 'Repairs are done with you, not for you, and at your own risk. We test everything with a plug before it leaves. One item per slot.',
      },
      {
        title: 'Photography',
        text: 'Wear a red ribbon if you would rather not be in pictures; everyone with a camera has been told.',
      },
      {
        title: 'Accessibility',
        text: 'The canal path gate is ramped and the cobbles are boarded to the repair hall. The loft is up one flight; for a ground-floor bench, tell the repair desk.',
      },
    ],
    rewards: [
      {
        title: '25 points for dropping in',
        text: 'Collected when your ticket is scanned, good towards days out across every event here.',
      },
      {
        title: 'Tea and a slice',
        text: 'One mug and one slice of whatever is left with each entry. Show your ticket at the big kettle.',
      },
      {
        title: 'Tell us how it went',
        text: 'Review your repair within a fortnight for 30 points, whether or not it worked.',
      },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
