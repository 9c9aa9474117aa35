import type { TicketType, Validity } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { spokenDay } from '../../calendar.ts';
import { ticketType } from '../../shapes.ts';
import { type ExpoFrame, saleUntilClose } from './frame.ts';

const floor = ['main-floor', 'tasting-deck'];

/** Each day's floor is one pool, shared by every ticket that can be used on that day. */
export const dayPools = ['floor-day-1', 'floor-day-2', 'floor-day-3', 'floor-day-4'];

const tote = {
  id: 'tote',
  name: 'Expo tote, dusk print',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_expo_tote',
} as const;
const catalogue = {
  id: 'catalogue',
  name: 'Printed Expo catalogue',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_expo_catalogue',
} as const;
const drinks = {
  id: 'drinks',
  name: '£5 tasting deck voucher',
  kind: 'coupon',
  quantity: 1,
  redeemAt: 'pos',
  productId: 'prd_expo_drinks',
} as const;
const cashback = {
  id: 'cashback',
  name: '£3 back to your wallet',
  kind: 'cashback',
  quantity: 1,
  redeemAt: 'wallet',
  productId: 'prd_expo_cashback',
} as const;
const recordings = {
  id: 'recordings',
  name: 'The talks, recorded',
  kind: 'digital',
  quantity: 1,
  redeemAt: 'download',
  productId: 'prd_expo_talks_recording',
} as const;

export const bundle = { tote, catalogue, drinks, cashback, recordings };

export function visitorDayTypes(frame: ExpoFrame): TicketType[] {
  return frame.doors.map((doors, index) =>
    ticketType({
      id: `visitor-day-${index + 1}`,
      name: `Visitor day pass, ${spokenDay(frame.days[index] ?? frame.firstDay)}`,
      summary:
        'All four halls and every open talk for one day. Free, and limited so that there is room to stop and chat.',
      perks: ['All four halls', 'Open talks and demonstrations', 'Cloakroom included'],
      category: 'free',
      priceMinor: 0,
      accessLevel: 'Visitor',
      zones: floor,
      capacity: 1_500,
      pools: [`floor-day-${index + 1}`],
      sale: { from: frame.salesOpenAt, until: doors.until - hourMs },
      perOrderMax: 6,
      validity: { kind: 'windows', windows: [doors] },
      earnsPoints: 20,
    }),
  );
}

export function passTypes(frame: ExpoFrame): TicketType[] {
  const everyDay = {
    accessLevel: 'Pass holder',
    tier: 2,
    zones: [...floor, 'open-benches'],
    pools: dayPools,
    validity: { kind: 'windows', windows: [...frame.doors] },
    entry: { kind: 'daily' },
  } satisfies Partial<TicketType>;
  return [
    ticketType({
      ...everyDay,
      id: 'all-days-pass',
      name: 'All-days pass',
      summary: 'Come and go on all four days, with the open benches, a tote, the catalogue and a drink on the deck.',
      perks: [
        'All four days, one entry a day',
        'Open benches in the workshop wing',
        'Pass-holders’ lane at the North entrance',
        '10% off at the Expo shop',
      ],
      category: 'pass',
      priceMinor: 2_800,
      capacity: 1_200,
      sale: saleUntilClose(frame),
      benefits: [tote, catalogue, drinks, cashback],
      refund: { kind: 'until', until: frame.startsAt - dayMs, feePercent: 10 },
      earnsPoints: 120,
    }),
    ticketType({
      ...everyDay,
      id: 'early-bird',
      name: 'Early-bird all-days pass',
      summary: 'The All-days pass at the price for people who plan. Sold until three weeks before the doors opened.',
      perks: ['All four days, one entry a day', 'Open benches in the workshop wing', 'Expo tote'],
      category: 'discounted',
      priceMinor: 1_800,
      compareAtMinor: 2_800,
      capacity: 600,
      sale: { from: frame.salesOpenAt, until: frame.startsAt - 21 * dayMs },
      benefits: [tote],
      earnsPoints: 120,
    }),
    ticketType({
      ...everyDay,
      id: 'concession-pass',
      name: 'Concession all-days pass',
      summary: 'Half price for students, over-65s, disabled visitors and anyone between jobs. We don’t ask for proof.',
      perks: [
        'All four days, one entry a day',
        'Open benches in the workshop wing',
        'A companion comes free: ask at the desk',
      ],
      category: 'discounted',
      priceMinor: 1_400,
      compareAtMinor: 2_800,
      capacity: 500,
      sale: saleUntilClose(frame),
      perOrderMax: 4,
      benefits: [catalogue],
      refund: { kind: 'until', until: frame.startsAt - dayMs, feePercent: 0 },
      earnsPoints: 120,
    }),
  ];
}

export function occasionalTypes(frame: ExpoFrame): TicketType[] {
  const anyDay = { kind: 'windows', windows: [...frame.doors] } satisfies Validity;
  return [
    ticketType({
      id: 'any-two-days',
      name: 'Any two days',
      summary: 'Two entries, used whenever you like: two days for yourself, or one day each for two of you.',
      perks: ['Two entries on any days', 'Open benches in the workshop wing', 'Printed catalogue'],
      category: 'paid',
      priceMinor: 1_600,
      accessLevel: 'Pass holder',
      tier: 2,
      zones: [...floor, 'open-benches'],
      capacity: 800,
      pools: dayPools,
      sale: saleUntilClose(frame),
      validity: anyDay,
      entry: { kind: 'count', entries: 2 },
      benefits: [catalogue],
      refund: { kind: 'until', until: frame.startsAt - dayMs, feePercent: 10 },
      earnsPoints: 60,
    }),
    ticketType({
      id: 'family-of-four',
      name: 'Family of four, one day',
      summary:
        'One ticket for four people on any one day. Arrive together or in dribs and drabs; each of you is let in once.',
      perks: ['Admits four, any mix of ages', 'Makers’ trail and four badges', 'Two drinks vouchers'],
      category: 'paid',
      priceMinor: 2_200,
      accessLevel: 'Visitor',
      zones: floor,
      capacity: 400,
      pools: dayPools,
      sale: saleUntilClose(frame),
      perOrderMax: 3,
      validity: anyDay,
      admits: 4,
      benefits: [{ ...drinks, quantity: 2 }],
      refund: { kind: 'until', until: frame.startsAt - dayMs, feePercent: 10 },
      earnsPoints: 80,
    }),
    ticketType({
      id: 'friend-referral',
      name: 'Bring-a-friend pass',
      summary:
        'For anyone sent by a pass holder’s link: all four days for less, and a thank-you for the friend who sent you.',
      perks: ['All four days, one entry a day', 'Your friend earns 200 points', 'Expo tote'],
      category: 'referral',
      priceMinor: 1_900,
      compareAtMinor: 2_800,
      accessLevel: 'Pass holder',
      tier: 2,
      zones: [...floor, 'open-benches'],
      capacity: 300,
      pools: dayPools,
      sale: saleUntilClose(frame),
      perOrderMax: 1,
      perCustomerMax: 1,
      validity: anyDay,
      entry: { kind: 'daily' },
      identity: 'name_check',
      benefits: [tote],
      transferable: false,
      earnsPoints: 120,
    }),
    ticketType({
      id: 'regulars-reward',
      name: 'Regulars’ reward day',
      summary: 'A day on us for people who have collected 500 points. Any one day, with a drink on the deck.',
      perks: ['Any one day', 'Open benches in the workshop wing', '£5 tasting deck voucher'],
      category: 'reward',
      priceMinor: 0,
      accessLevel: 'Pass holder',
      tier: 2,
      zones: [...floor, 'open-benches'],
      capacity: 200,
      pools: dayPools,
      sale: saleUntilClose(frame),
      perOrderMax: 1,
      perCustomerMax: 1,
      validity: anyDay,
      identity: 'name_check',
      benefits: [drinks],
      transferable: false,
    }),
  ];
}
