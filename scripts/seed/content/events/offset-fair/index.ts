import type { EpochMs } from '#shared/time.ts';
import { offsetReviews } from '../../reviews/others.ts';
import { type EventRow, type EventSeed, exhibitorsOf, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { eventId, type Frame, frameOf, timeZone } from './frame.ts';
import { programme } from './programme.ts';
import { offsetRules } from './rules.ts';

export function offsetFair(anchor: EpochMs): EventSeed {
  const frame = frameOf(anchor);
  return {
    event: offsetEvent(frame),
    rules: offsetRules(frame),
    programme: programmeOf({ key: 'offset', eventId, firstDay: frame.days[0], timeZone }, programme),
    exhibitors: exhibitorsOf(eventId, [
      ['biz_second_impression', 'Drying loft', 'T1', 'Three drums, three inks and a queue. Pull your own souvenir.'],
      ['biz_hollow_oak', 'Hide store', 'T14', 'Wood type, cut by hand, sold by the letter.'],
    ]),
    reviews: reviewsOf('offset', eventId, frame.endsAt, offsetReviews),
  };
}

const description = [
  'Seventy tables of print over two floors of an old tannery: zines, wood type, wrapping paper, maps of places that nearly exist. Three duplicators ran all weekend and everybody who came could pull a sheet.',
  'Thank you for coming. The next Offset will be announced on the wall of the yard, by poster, as is proper.',
];

function offsetEvent(frame: Frame): EventRow {
  return {
    id: eventId,
    number: 1006,
    slug: 'offset-print-fair',
    businessId: 'biz_second_impression',
    title: 'Offset: print and paper fair',
    summary: 'Seventy tables of zines, posters and paper above a tannery in Leeds, with the presses running.',
    description: description.join('\n\n'),
    category: 'Fair',
    venueName: 'Tannery Row',
    venueAddress: 'Tannery Row, Kirkgate Wharf, Leeds LS10',
    city: 'Leeds',
    countryCode: 'GB',
    latitude: 53.7921,
    longitude: -1.5346,
    timeZone,
    currency: 'GBP',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/offset-print-fair/hero.svg',
    posterKey: 'events/offset-print-fair/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'Tickets for this fair can no longer be refunded, because it has taken place. If something went wrong on the day, write to us and we will put it right.',
      },
      { title: 'Getting in', text: 'Day tickets let you in and out until close.' },
      {
        title: 'Bags',
        text: 'Portfolios and tubes welcome. Please leave wet umbrellas at the yard door: paper remembers.',
      },
      { title: 'Photography', text: 'Ask the table. Most people will say yes, and some will say buy it.' },
      { title: 'Accessibility', text: 'Lift to both floors, seating on each landing, large-print plan at the door.' },
    ],
    rewards: [
      {
        title: 'Points',
        text: '30 points for a day and 90 for the weekend, already in your wallet if you were scanned.',
      },
      { title: 'Tell us', text: 'Reviews of this edition earn 40 points until the end of the month.' },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
