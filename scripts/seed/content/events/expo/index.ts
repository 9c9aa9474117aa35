import type { EpochMs } from '#shared/time.ts';
import { expoReviews } from '../../reviews/expo.ts';
import { type EventRow, type EventSeed, exhibitorsOf, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { expoExhibitors } from './exhibitors.ts';
import { expoFrame, expoId, type ExpoFrame, timeZone } from './frame.ts';
import { firstHalf } from './programme-first-half.ts';
import { secondHalf } from './programme-second-half.ts';
import { expoRules } from './rules.ts';

export function expo(anchor: EpochMs): EventSeed {
  const frame = expoFrame(anchor);
  const { firstDay, endsAt } = frame;
  return {
    event: expoEvent(frame),
    rules: expoRules(frame),
    programme: programmeOf({ key: 'expo', eventId: expoId, firstDay, timeZone }, [...firstHalf, ...secondHalf]),
    exhibitors: exhibitorsOf(expoId, expoExhibitors),
    reviews: reviewsOf('expo', expoId, endsAt, expoReviews),
  };
}

const description = [
  'Four halls on the water, a hundred and sixty small businesses, and nobody between you and the person who made it. The 247GBS Expo is where independent Britain comes to sell, swap notes and place its orders for the year.',
  'Hall 1 is print, music and money. Hall 2 is food and the table it sits on. Hall 3 is what you wear and how you look after yourself. Hall 4 is tools, energy and things with wheels. There are open talks on the Harbour Stage from morning to close, hands-on workshops in the wing, and a tasting deck over the dock with the best late light in the city.',
  'Come for an hour on a free day pass or stay for all four. The early half-hour belongs to the trade; after ten it belongs to everybody.',
];

function expoEvent(frame: ExpoFrame): EventRow {
  return {
    id: expoId,
    number: 1001,
    slug: '247gbs-expo',
    businessId: 'biz_247gbs',
    title: '247GBS Expo',
    summary:
      'Four days, four halls and 160 independent makers on the Royal Docks, with talks, workshops and a tasting deck.',
    description: description.join('\n\n'),
    category: 'Expo',
    venueName: 'Harbour Exchange Halls',
    venueAddress: 'Gantry Way, Royal Docks, London E16',
    city: 'London',
    countryCode: 'GB',
    latitude: 51.5069,
    longitude: 0.0277,
    timeZone,
    currency: 'GBP',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/247gbs-expo/hero.svg',
    posterKey: 'events/247gbs-expo/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'Passes can be refunded until the day before the Expo opens, and workshops until the day before the session, less the fee shown beside each ticket. If we cancel anything you paid for, you get all of it back without asking.',
      },
      {
        title: 'Getting in',
        text: 'Doors open at 09:30 for the trade and at 10:00 for everyone. Last entry is an hour before close. Have your code ready on your phone or on paper; both are fine. Trade passes are checked against a name.',
      },
      {
        title: 'Bags',
        text: 'Anything that fits under a chair is welcome. Larger bags and folding trolleys go to the free cloakroom beside the North entrance.',
      },
      {
        title: 'Photography',
        text: 'Photograph what you like for yourself, and ask before photographing a person or a prototype. We film on the Harbour Stage; seats in the back three rows are out of shot.',
      },
      {
        title: 'Accessibility',
        text: 'The halls, deck and wing are step-free. There are hearing loops at every stage, live captions on talks, a quiet room on the mezzanine and a changing place in Hall 2. Companions come free: ask at any desk.',
      },
    ],
    rewards: [
      {
        title: 'Points for coming',
        text: 'From 20 points for a free day to 300 for a Trade pass, credited the moment you are first scanned.',
      },
      {
        title: '£3 back',
        text: 'All-days passes put three pounds in your wallet at your first entry, to spend with any exhibitor.',
      },
      {
        title: 'Bring a friend',
        text: 'When a friend comes on your link, they pay £19 and you collect 200 points once they walk in.',
      },
      {
        title: 'Say what you thought',
        text: 'Leave a review within a fortnight for 50 points and an early look at next year’s workshops.',
      },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
