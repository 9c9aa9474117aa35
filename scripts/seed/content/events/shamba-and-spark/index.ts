import type { EpochMs } from '#shared/time.ts';
import { shambaReviews } from '../../reviews/others.ts';
import { type EventRow, type EventSeed, exhibitorsOf, foundedAtMs, programmeOf, reviewsOf } from '../../shapes.ts';
import { eventId, type Frame, frameOf, timeZone } from './frame.ts';
import { programme } from './programme.ts';
import { shambaRules } from './rules.ts';

export function shambaAndSpark(anchor: EpochMs): EventSeed {
  const frame = frameOf(anchor);
  return {
    event: shambaEvent(frame),
    rules: shambaRules(frame),
    programme: programmeOf({ key: 'shamba', eventId, firstDay: frame.days[0], timeZone }, programme),
    exhibitors: exhibitorsOf(eventId, [
      ['biz_kilimo_sense', 'Shed A', 'A3', 'Plant a probe in the test bed and read it on your own phone by lunch.'],
      ['biz_ngong_forge', 'Shed B', 'B1', 'A hammer, a hearth and any blade you have broken.'],
      ['biz_little_furrow', 'Field lab', 'F2', 'Our weeder meets black cotton soil. Bets are being taken.'],
    ]),
    reviews: reviewsOf('shamba', eventId, frame.endsAt, shambaReviews),
  };
}

const description = [
  'Shamba & Spark is two days for people who grow things and people who make the tools to grow them. It opens with a table of broken parts and does not close until each is mended or explained.',
  'Three sheds hold sixty exhibitors. The talks floor hears growers first and engineers second. The machine shop pours metal at two each afternoon, and on Thursday a coach leaves at seven-thirty for two acres of real soil.',
  'Lunch is cooked by the groups who grew it. Bring samples, drawings and a change of shoes.',
];

function shambaEvent(frame: Frame): EventRow {
  return {
    id: eventId,
    number: 1005,
    slug: 'shamba-and-spark-nairobi',
    businessId: 'biz_riftworks',
    title: 'Shamba & Spark: the makers’ farm summit',
    summary: 'Two days in Nairobi for people who grow things and people who build the tools to grow them.',
    description: description.join('\n\n'),
    category: 'Summit',
    venueName: 'Kijani Sheds',
    venueAddress: 'Mill Lane, Industrial Area, Nairobi',
    city: 'Nairobi',
    countryCode: 'KE',
    latitude: -1.3081,
    longitude: 36.8512,
    timeZone,
    currency: 'KES',
    startsAtMs: frame.startsAt,
    endsAtMs: frame.endsAt,
    heroKey: 'events/shamba-and-spark-nairobi/hero.svg',
    posterKey: 'events/shamba-and-spark-nairobi/poster.svg',
    previewVideoKey: null,
    terms: [
      {
        title: 'Refunds',
        text: 'Until a week before the summit, less 10%. Groups may change names at any time without charge.',
      },
      {
        title: 'Getting in',
        text: 'Doors at 08:00 both days. Maker passes and field lab places are checked against a name, since machines and coaches need a list.',
      },
      {
        title: 'Bags and tools',
        text: 'Tools are welcome, blades wrapped. Soil samples go to the desk at Shed A in a sealed bag.',
      },
      {
        title: 'Photography',
        text: 'Photograph anything on a public table. Ask in the machine shop; some drawings are still being registered.',
      },
      {
        title: 'Accessibility',
        text: 'Sheds and talks floor are level with Kiswahili and Kenyan Sign Language interpretation. The field lab is rough ground: tell us and we will bring the tractor trailer.',
      },
    ],
    rewards: [
      {
        title: 'Points on the day',
        text: '30 points for a shed visit, 400 for a summit pass, 900 to share for a co-operative.',
      },
      {
        title: 'A day at the bench',
        text: 'Maker passes carry one day in the Riftworks workshop, good for six months.',
      },
      {
        title: 'Report what broke',
        text: 'Send a fault report with a photograph after the summit and collect 100 points.',
      },
    ],
    status: 'published',
    createdAtMs: foundedAtMs,
  };
}
