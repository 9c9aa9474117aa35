import type { EpochMs } from '#shared/time.ts';
import { asaaseReviews } from '../../reviews/others.ts';
import { type EventRow, type EventSeed, exhibitorsOf, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { eventId, type Frame, frameOf, timeZone } from './frame.ts';
import { programme } from './programme.ts';
import { asaaseRules } from './rules.ts';

export function asaaseWeekend(anchor: EpochMs): EventSeed {
  const frame = frameOf(anchor);
  return {
    event: asaaseEvent(frame),
    rules: asaaseRules(frame),
    programme: programmeOf({ key: 'asaase', eventId, firstDay: frame.days[0], timeZone }, programme),
    exhibitors: exhibitorsOf(eventId, [
      ['biz_volta_indigo', 'Cloth hall', 'C2', 'Nine pots, eleven dips, one line to dry it all on.'],
      ['biz_sweetsop_pantry', 'Courtyard', 'K5', 'Taste every jar, then choose the one you came for.'],
    ]),
    reviews: reviewsOf('asaase', eventId, frame.endsAt, asaaseReviews),
  };
}

const description = [
  'Asaase means earth, and everything here came out of it: cotton, clay, cassava, cane. For one weekend the Old Printworks in Jamestown becomes a market of ninety tables, each kept by the person whose hands did the work.',
  'Cloth hangs in the press hall. Clay stands in the bindery. The courtyard belongs to twenty-two cooks, and the garden to whoever finds the shade first.',
  'Come hungry and leave room in the car. If you buy something too big to carry, the packing table will find it a lorry.',
];

function asaaseEvent(frame: Frame): EventRow {
  return {
    id: eventId,
    number: 1004,
    slug: 'asaase-weekend-accra',
    businessId: 'biz_oforiwaa',
    title: 'Asaase Weekend: Accra food and design market',
    summary: 'Ninety makers, twenty-two cooks and one very long table in a Jamestown printworks.',
    description: description.join('\n\n'),
    category: 'Market',
    venueName: 'The Old Printworks',
    venueAddress: 'Korle Lane, Jamestown, Accra',
    city: 'Accra',
    countryCode: 'GH',
    latitude: 5.5353,
    longitude: -0.2109,
    timeZone,
    currency: 'GHS',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/asaase-weekend-accra/hero.svg',
    posterKey: 'events/asaase-weekend-accra/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'Until two days before the market, less 5%. If a storm closes the courtyard for a whole day, that day is refunded in full.',
      },
      {
        title: 'Getting in',
        text: 'Day tickets let you in and out until dusk. Passes open the gate once each day. Household tickets admit four people on the same day.',
      },
      { title: 'Bags', text: 'Bring baskets, trolleys and headpans. Leave suitcases and dogs at home.' },
      {
        title: 'Photography',
        text: 'Please ask before photographing a maker’s pattern: for many of them it is the family’s income.',
      },
      {
        title: 'Accessibility',
        text: 'Halls and courtyard are level. The cloth loft is reached by stairs; its pieces are brought down at noon each day. Porters at both gates will help, free of charge.',
      },
    ],
    rewards: [
      {
        title: 'GH₵15 back',
        text: 'Passes return fifteen cedis to your wallet at your first entry, good at any table that takes the wallet.',
      },
      { title: 'Points for the weekend', text: '80 points for a day, 240 for a pass, 500 for the Sunday table.' },
      { title: 'A word for a maker', text: 'Write a line about something you bought and collect 40 points.' },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
