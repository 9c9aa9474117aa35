import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { spokenDay } from '../../calendar.ts';
import { ticketType } from '../../shapes.ts';
import { eventId, type Frame, timeZone } from './frame.ts';

const tokens = {
  id: 'tasting-tokens',
  name: 'Four tasting tokens',
  kind: 'coupon',
  quantity: 4,
  redeemAt: 'counter',
  productId: 'prd_asaase_tasting_tokens',
} as const;

const bag = {
  id: 'market-bag',
  name: 'Woven market bag',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_asaase_market_bag',
} as const;

const back = {
  id: 'cedis-back',
  name: 'GH₵15 back to your wallet',
  kind: 'cashback',
  quantity: 1,
  redeemAt: 'wallet',
  productId: 'prd_asaase_shop_credit',
} as const;

function dayTypes(frame: Frame): TicketType[] {
  return frame.doors.map((doors, index) =>
    ticketType({
      id: index === 0 ? 'saturday' : 'sunday',
      name: spokenDay(frame.days[index] ?? frame.days[0]),
      summary:
        index === 0
          ? 'The long day: all three halls, the courtyard cooks and the evening drums.'
          : 'The slow day: late breakfast, church clothes welcome, makers with time to talk.',
      perks: ['Cloth, clay and wood halls', 'Courtyard kitchens', 'In and out until dusk'],
      category: 'paid',
      priceMinor: 8_000,
      accessLevel: 'Market',
      zones: ['market'],
      capacity: 1_600,
      pools: [`market-day-${index + 1}`],
      sale: { from: frame.startsAt - 110 * dayMs, until: doors.until - hourMs },
      validity: { kind: 'windows', windows: [doors] },
      entry: { kind: 'reentry' },
      refund: { kind: 'until', until: frame.startsAt - 2 * dayMs, feePercent: 5 },
      earnsPoints: 80,
    }),
  );
}

function weekendTypes(frame: Frame): TicketType[] {
  const weekend = {
    accessLevel: 'Weekend',
    tier: 2,
    zones: ['market', 'cloth-loft'],
    pools: ['market-day-1', 'market-day-2'],
    validity: { kind: 'windows', windows: [...frame.doors] },
    entry: { kind: 'daily' },
    refund: { kind: 'until', until: frame.startsAt - 2 * dayMs, feePercent: 5 },
  } satisfies Partial<TicketType>;
  const onSale = { from: frame.startsAt - 110 * dayMs, until: frame.endsAt - 2 * hourMs };
  return [
    ticketType({
      ...weekend,
      id: 'early-weekend',
      name: 'Early-bird weekend',
      summary: 'Both days, the cloth loft and fifteen cedis back, at the price for people who decide early.',
      perks: ['Saturday and Sunday', 'Cloth loft previews', 'GH₵15 back to your wallet'],
      category: 'discounted',
      priceMinor: 9_500,
      compareAtMinor: 14_000,
      capacity: 400,
      sale: { from: onSale.from, until: frame.startsAt - 21 * dayMs },
      benefits: [back],
      earnsPoints: 160,
    }),
    ticketType({
      ...weekend,
      id: 'weekend',
      name: 'Weekend pass',
      summary: 'Both days, the cloth loft before the crowd, a woven bag to fill and four plates in the courtyard.',
      perks: ['Saturday and Sunday', 'Cloth loft previews', 'Woven market bag', 'Four tasting tokens'],
      category: 'pass',
      priceMinor: 24_000,
      capacity: 700,
      sale: onSale,
      benefits: [tokens, bag, back],
      earnsPoints: 240,
    }),
    ticketType({
      ...weekend,
      id: 'household',
      name: 'Household of four',
      summary: 'One pass for four of you, on one day of your choosing, with eight plates to share.',
      perks: ['Admits four on one day', 'Eight tasting tokens', 'Children’s dye pot'],
      category: 'paid',
      priceMinor: 26_000,
      accessLevel: 'Market',
      zones: ['market'],
      tier: 1,
      capacity: 300,
      sale: onSale,
      entry: { kind: 'single' },
      perOrderMax: 3,
      admits: 4,
      benefits: [{ ...tokens, quantity: 8 }],
      earnsPoints: 260,
    }),
    ticketType({
      ...weekend,
      id: 'sunday-table',
      name: 'The Sunday table',
      summary: 'Fourteen seats, seven courses, one cook from each region, and the market at your back.',
      perks: ['Seven courses with palm wine', 'A seat among strangers', 'The market all Sunday'],
      category: 'paid',
      priceMinor: 65_000,
      accessLevel: 'Table',
      tier: 3,
      zones: ['market', 'long-table'],
      capacity: 14,
      pools: ['long-table'],
      sale: { from: onSale.from, until: frame.doors[1].from - dayMs },
      perOrderMax: 2,
      perCustomerMax: 2,
      validity: { kind: 'windows', windows: [frame.doors[1]] },
      entry: { kind: 'reentry' },
      identity: 'name_check',
      earnsPoints: 500,
    }),
  ];
}

export function asaaseRules(frame: Frame): EventRules {
  return {
    eventId,
    eventNumber: 1004,
    businessId: 'biz_oforiwaa',
    title: 'Asaase Weekend: Accra food and design market',
    timeZone,
    currency: 'GHS',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      { id: 'market-day-1', name: 'Market, Saturday', capacity: 2_800 },
      { id: 'market-day-2', name: 'Market, Sunday', capacity: 2_800 },
      { id: 'long-table', name: 'The Sunday table', capacity: 14 },
    ],
    zones: [
      { id: 'market', name: 'Halls and courtyard', bit: 0, occupancyLimit: 1_800 },
      { id: 'cloth-loft', name: 'Cloth loft', bit: 1, occupancyLimit: 80 },
      { id: 'long-table', name: 'The long table', bit: 2, occupancyLimit: 20 },
    ],
    gates: [
      { id: 'street', name: 'Korle Lane gate', zones: ['market'] },
      { id: 'garden', name: 'Garden gate', zones: ['market'] },
      { id: 'loft', name: 'Loft stairs', zones: ['cloth-loft'] },
      { id: 'table', name: 'Table host', zones: ['long-table'] },
    ],
    ticketTypes: [...weekendTypes(frame).slice(0, 2), ...dayTypes(frame), ...weekendTypes(frame).slice(2)],
    bookingFee: { fixedMinor: 200, basisPoints: 250 },
    tax: { name: 'VAT', basisPoints: 1_500, mode: 'included' },
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 24 },
  };
}
