import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { ticketType } from '../../shapes.ts';
import { eventId, type Frame, timeZone } from './frame.ts';

const drink = {
  id: 'drink-token',
  name: 'Slipway drink token',
  kind: 'coupon',
  quantity: 1,
  redeemAt: 'pos',
  productId: 'prd_ferry_drink_token',
} as const;

const recording = {
  id: 'live-recording',
  name: 'Night Ferry, live recording',
  kind: 'digital',
  quantity: 1,
  redeemAt: 'download',
  productId: 'prd_ferry_live_recording',
} as const;

const platter = {
  id: 'small-chops',
  name: 'Small chops platter',
  kind: 'coupon',
  quantity: 2,
  redeemAt: 'counter',
  productId: 'prd_ferry_small_chops',
} as const;

function nightFerryTypes(frame: Frame): TicketType[] {
  const shared = {
    category: 'paid',
    sale: { from: frame.startsAt - 75 * dayMs, until: frame.endsAt - 3 * hourMs },
    validity: { kind: 'windows', windows: [frame.doors] },
    refund: { kind: 'until', until: frame.startsAt - 3 * dayMs, feePercent: 10 },
  } satisfies Partial<TicketType>;
  return [
    ticketType({
      ...shared,
      id: 'standing',
      name: 'Slipway standing',
      summary: 'On the stones in front of the stage, with the lagoon behind you and eleven horns in front.',
      perks: ['Standing floor', 'Both bars and the food line', 'First boat home included'],
      priceMinor: 1_500_000,
      accessLevel: 'Slipway',
      zones: ['slipway'],
      capacity: 1_800,
      pools: ['slipway'],
      perOrderMax: 10,
      earnsPoints: 150,
    }),
    ticketType({
      ...shared,
      id: 'balcony',
      name: 'Customs House balcony',
      summary: 'A rail, a stool and the whole bandstand below you. Own bar, own stairs, out and in as you please.',
      perks: ['Balcony and slipway', 'One drink token', 'Re-entry until 02:00'],
      priceMinor: 3_500_000,
      tier: 2,
      accessLevel: 'Balcony',
      zones: ['slipway', 'balcony'],
      capacity: 320,
      pools: ['balcony'],
      entry: { kind: 'reentry' },
      code: 'live_for_reentry',
      benefits: [drink],
      earnsPoints: 350,
    }),
    ticketType({
      ...shared,
      id: 'table-for-six',
      name: 'Table for six',
      summary: 'A candle, a host and six chairs at the water’s edge. One ticket seats your whole party.',
      perks: ['Admits six', 'Two small chops platters', 'Six drink tokens', 'Hosted table under cover'],
      priceMinor: 48_000_000,
      tier: 3,
      accessLevel: 'Tables',
      zones: ['slipway', 'tables'],
      capacity: 36,
      pools: ['tables'],
      perOrderMax: 2,
      perCustomerMax: 3,
      admits: 6,
      identity: 'name_check',
      benefits: [platter, { ...drink, quantity: 6 }],
      earnsPoints: 4_000,
    }),
    ticketType({
      ...shared,
      id: 'backstage',
      name: 'Backstage supper',
      summary: 'Sound check at five-thirty, jollof with the bands, and a place in the wings for the last set.',
      perks: ['Sound check and supper', 'Side-of-stage for the last set', 'Three drink tokens', 'The live recording'],
      priceMinor: 12_000_000,
      tier: 4,
      accessLevel: 'Backstage',
      zones: ['slipway', 'balcony', 'backstage'],
      capacity: 24,
      pools: ['backstage'],
      perOrderMax: 2,
      perCustomerMax: 2,
      entry: { kind: 'reentry' },
      identity: 'verified_holder',
      code: 'live_only',
      benefits: [{ ...drink, quantity: 3 }, recording],
      transferable: false,
      earnsPoints: 1_200,
    }),
  ];
}

export function nightFerryRules(frame: Frame): EventRules {
  return {
    eventId,
    eventNumber: 1002,
    businessId: 'biz_lagoon_line',
    title: 'Night Ferry: highlife, afrobeat and alté',
    timeZone,
    currency: 'NGN',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      { id: 'slipway', name: 'Slipway floor', capacity: 1_800 },
      { id: 'balcony', name: 'Customs House balcony', capacity: 320 },
      { id: 'tables', name: 'Waterside tables, chairs', capacity: 216 },
      { id: 'backstage', name: 'Backstage', capacity: 24 },
    ],
    zones: [
      { id: 'slipway', name: 'The slipway', bit: 0, occupancyLimit: 2_400 },
      { id: 'balcony', name: 'Customs House balcony', bit: 1, occupancyLimit: 350 },
      { id: 'tables', name: 'Waterside tables', bit: 2, occupancyLimit: 220 },
      { id: 'backstage', name: 'Backstage', bit: 3, occupancyLimit: 60 },
    ],
    gates: [
      { id: 'jetty', name: 'Jetty gate', zones: ['slipway'] },
      { id: 'road', name: 'Ferry Road gate', zones: ['slipway'] },
      { id: 'balcony-stairs', name: 'Balcony stairs', zones: ['balcony'] },
      { id: 'table-host', name: 'Table host', zones: ['tables'] },
      { id: 'stage-door', name: 'Stage door', zones: ['backstage'] },
    ],
    ticketTypes: nightFerryTypes(frame),
    bookingFee: { fixedMinor: 10_000, basisPoints: 250 },
    tax: { name: 'VAT', basisPoints: 750, mode: 'included' },
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 12 },
  };
}
