import type { EpochMs } from '#shared/time.ts';
import { nightFerryReviews } from '../../reviews/others.ts';
import { type EventRow, type EventSeed, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { eventId, type Frame, frameOf, timeZone } from './frame.ts';
import { programme } from './programme.ts';
import { nightFerryRules } from './rules.ts';

export function nightFerry(anchor: EpochMs): EventSeed {
  const frame = frameOf(anchor);
  return {
    event: nightFerryEvent(frame),
    rules: nightFerryRules(frame),
    programme: programmeOf({ key: 'night_ferry', eventId, firstDay: frame.night, timeZone }, programme),
    exhibitors: [],
    reviews: reviewsOf('night_ferry', eventId, frame.endsAt, nightFerryReviews),
  };
}

const description = [
  'One stage, one slipway, one long night. Night Ferry puts guitar-band highlife, afrobeat with a full horn line and the new quiet songs of alté on the same bill, in that order, without a backing track between them.',
  'The old customs sheds give cover if it rains and a balcony if it doesn’t. Boats run from the mainland side from five and home again until three; every ticket includes the crossing back.',
  'Food is cooked on the stones: suya, grilled croaker, bole and small chops. Dress as though your grandmother might be there. She might.',
];

function nightFerryEvent(frame: Frame): EventRow {
  return {
    id: eventId,
    number: 1002,
    slug: 'night-ferry-lagos',
    businessId: 'biz_lagoon_line',
    title: 'Night Ferry: highlife, afrobeat and alté',
    summary: 'Five acts, eleven horns and the last boat home: one Saturday night on the old Lagos slipway.',
    description: description.join('\n\n'),
    category: 'Music',
    venueName: 'The Slipway at Ebute Wharf',
    venueAddress: 'Old Ferry Road, Lagos Island, Lagos',
    city: 'Lagos',
    countryCode: 'NG',
    latitude: 6.4502,
    longitude: 3.4004,
    timeZone,
    currency: 'NGN',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/night-ferry-lagos/hero.svg',
    posterKey: 'events/night-ferry-lagos/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'Full price less 10% until three days before the night. After that, pass your ticket to a friend from your wallet. If weather stops the music before ten, everyone is refunded.',
      },
      {
        title: 'Getting in',
        text: 'Gates open at 17:30 and the last entry is at 02:00. Eighteen and over; bring something with your face and date of birth on it. Backstage tickets open only from the holder’s own phone.',
      },
      {
        title: 'Bags',
        text: 'Small bags only, please, and no glass. There is a free bag drop at the Ferry Road gate.',
      },
      {
        title: 'Photography',
        text: 'Phones are welcome, flashes are not, and tablets held overhead will be discussed.',
      },
      {
        title: 'Accessibility',
        text: 'The slipway is sloped stone. There is a level viewing platform with seats beside the sound desk and a lift to the balcony: message us and we will meet your boat.',
      },
    ],
    rewards: [
      {
        title: 'Points at the gate',
        text: '150 points for standing, 350 for the balcony, 4,000 for a table, credited when you are scanned.',
      },
      {
        title: 'Bring six',
        text: 'Table hosts collect a ₦10,000 voucher for the next Night Ferry once all six guests are in.',
      },
      {
        title: 'Rate the bands',
        text: 'Tell us your favourite set by Wednesday and get first refusal on the next date.',
      },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
