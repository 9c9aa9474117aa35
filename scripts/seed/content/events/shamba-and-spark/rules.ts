import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { spokenDay } from '../../calendar.ts';
import { hours, ticketType } from '../../shapes.ts';
import { eventId, type Frame, timeZone } from './frame.ts';

const seedBox = {
  id: 'seed-box',
  name: 'Seed box, twelve varieties',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_shamba_seed_box',
} as const;

const benchDay = {
  id: 'bench-day',
  name: 'A day at the bench',
  kind: 'service_credit',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_shamba_bench_day',
} as const;

const fieldNotes = {
  id: 'field-notes',
  name: 'Field notes and drawings',
  kind: 'digital',
  quantity: 1,
  redeemAt: 'download',
  productId: 'prd_shamba_field_notes',
} as const;

function summitTypes(frame: Frame): TicketType[] {
  const bothDays = {
    tier: 2,
    accessLevel: 'Summit',
    zones: ['sheds', 'talks'],
    pools: ['sheds-day-1', 'sheds-day-2'],
    sale: frame.sale,
    validity: { kind: 'windows', windows: [...frame.doors] },
    entry: { kind: 'reentry' },
    refund: { kind: 'until', until: frame.startsAt - 7 * dayMs, feePercent: 10 },
  } satisfies Partial<TicketType>;
  return [
    ticketType({
      ...bothDays,
      id: 'summit-pass',
      name: 'Summit pass',
      summary: 'Both days of talks, sheds and lunches, with the drawings to take back to your own bench.',
      perks: ['Two days, all talks', 'Lunch both days', 'Field notes and drawings', 'Seed box'],
      category: 'pass',
      priceMinor: 650_000,
      capacity: 500,
      benefits: [seedBox, fieldNotes],
      earnsPoints: 400,
    }),
    ticketType({
      ...bothDays,
      id: 'growers-ticket',
      name: 'Grower’s ticket',
      summary: 'Both days at less than half price for anyone who grows for a living. Your group’s name is enough.',
      perks: ['Two days, all talks', 'Lunch both days', 'Seed box'],
      category: 'discounted',
      priceMinor: 280_000,
      compareAtMinor: 650_000,
      capacity: 350,
      perOrderMax: 12,
      perCustomerMax: 24,
      benefits: [seedBox],
      earnsPoints: 400,
    }),
    ticketType({
      ...bothDays,
      id: 'maker-pass',
      name: 'Maker pass',
      summary:
        'Everything in the Summit pass, the machine shop on both days, and a day at our bench within six months.',
      perks: ['Machine shop sessions', 'A day at the Riftworks bench', 'Field notes and drawings'],
      category: 'paid',
      priceMinor: 1_150_000,
      tier: 3,
      accessLevel: 'Maker',
      zones: ['sheds', 'talks', 'machine-shop'],
      capacity: 90,
      identity: 'name_check',
      code: 'live_for_reentry',
      benefits: [benchDay, fieldNotes, seedBox],
      earnsPoints: 700,
    }),
    ticketType({
      ...bothDays,
      id: 'cooperative-of-five',
      name: 'Co-operative of five',
      summary: 'One ticket for five members of a group, on either day. Come in one matatu or five.',
      perks: ['Admits five on one day', 'Five lunches', 'One seed box for the group'],
      category: 'paid',
      priceMinor: 900_000,
      capacity: 80,
      entry: { kind: 'single' },
      admits: 5,
      perOrderMax: 4,
      benefits: [seedBox],
      earnsPoints: 900,
    }),
  ];
}

function dayTypes(frame: Frame): TicketType[] {
  const shed = frame.doors.map((doors, index) =>
    ticketType({
      id: `shed-visitor-${index + 1}`,
      name: `Shed visitor, ${spokenDay(frame.days[index] ?? frame.days[0])}`,
      summary: 'A free look round the sheds and the tool tables for one day. Talks and lunch are not included.',
      perks: ['Sheds A to C', 'Tool repair tables'],
      category: 'free',
      priceMinor: 0,
      accessLevel: 'Visitor',
      zones: ['sheds'],
      capacity: 400,
      pools: [`sheds-day-${index + 1}`],
      sale: { from: frame.sale.from, until: doors.until - hourMs },
      validity: { kind: 'windows', windows: [doors] },
      earnsPoints: 30,
    }),
  );
  const lab = hours(frame.days[1], '08:00', '17:00', timeZone);
  return [
    ...shed,
    ticketType({
      id: 'field-lab',
      name: 'Field lab',
      summary: 'Boots on at seven-thirty: irrigation, soil and one argumentative robot, on a real two-acre plot.',
      perks: ['Coach to the plot and back', 'Soil test of your own sample', 'Lunch under the fig tree'],
      category: 'paid',
      priceMinor: 420_000,
      tier: 2,
      accessLevel: 'Field lab',
      zones: ['sheds', 'field-lab'],
      capacity: 45,
      pools: ['field-coach'],
      sale: { from: frame.sale.from, until: lab.from - dayMs },
      perOrderMax: 3,
      validity: { kind: 'windows', windows: [lab] },
      entry: { kind: 'count', entries: 2 },
      identity: 'name_check',
      refund: { kind: 'until', until: frame.startsAt - 7 * dayMs, feePercent: 10 },
      earnsPoints: 300,
    }),
  ];
}

export function shambaRules(frame: Frame): EventRules {
  return {
    eventId,
    eventNumber: 1005,
    businessId: 'biz_riftworks',
    title: 'Shamba & Spark: the makers’ farm summit',
    timeZone,
    currency: 'KES',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      { id: 'sheds-day-1', name: 'Kijani Sheds, day 1', capacity: 1_400 },
      { id: 'sheds-day-2', name: 'Kijani Sheds, day 2', capacity: 1_400 },
      { id: 'field-coach', name: 'Coach to the field lab', capacity: 45 },
    ],
    zones: [
      { id: 'sheds', name: 'Sheds A to C', bit: 0, occupancyLimit: 1_200 },
      { id: 'talks', name: 'Talks floor', bit: 1, occupancyLimit: 600 },
      { id: 'machine-shop', name: 'Machine shop', bit: 2, occupancyLimit: 40 },
      { id: 'field-lab', name: 'Field lab', bit: 3, occupancyLimit: 50 },
    ],
    gates: [
      { id: 'mill-lane', name: 'Mill Lane gate', zones: ['sheds'] },
      { id: 'talks-door', name: 'Talks floor door', zones: ['talks'] },
      { id: 'shop-door', name: 'Machine shop door', zones: ['machine-shop'] },
      { id: 'coach', name: 'Field coach', zones: ['field-lab'] },
    ],
    ticketTypes: [...summitTypes(frame), ...dayTypes(frame)],
    bookingFee: { fixedMinor: 5_000, basisPoints: 200 },
    tax: { name: 'VAT', basisPoints: 1_600, mode: 'added' },
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 48 },
  };
}
