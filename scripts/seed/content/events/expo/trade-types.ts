import type { TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { hours, ticketType } from '../../shapes.ts';
import { bundle, dayPools } from './floor-types.ts';
import { type ExpoFrame, saleUntilClose, timeZone } from './frame.ts';

const clinic = {
  id: 'trading-clinic',
  name: 'One-hour trading clinic',
  kind: 'service_credit',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_expo_advice_hour',
} as const;

export function tradeTypes(frame: ExpoFrame): TicketType[] {
  return [
    ticketType({
      id: 'trade-pass',
      name: 'Trade pass',
      summary: 'For buyers, shopkeepers and press: the lounge, the early hour, re-entry all day and an hour of advice.',
      perks: [
        'Trade lounge and meeting tables',
        'In and out as often as you like',
        'Doors at 09:30, half an hour before the public',
        'Order book with exhibitors’ trade prices',
        'The talks, recorded',
      ],
      category: 'pass',
      priceMinor: 6_500,
      tier: 3,
      accessLevel: 'Trade',
      zones: ['main-floor', 'tasting-deck', 'open-benches', 'trade-lounge'],
      capacity: 350,
      pools: dayPools,
      sale: saleUntilClose(frame),
      perOrderMax: 5,
      validity: { kind: 'windows', windows: [...frame.doors] },
      entry: { kind: 'reentry' },
      identity: 'name_check',
      code: 'live_for_reentry',
      benefits: [bundle.tote, bundle.catalogue, { ...bundle.drinks, quantity: 4 }, clinic, bundle.recordings],
      refund: { kind: 'until', until: frame.startsAt - 2 * dayMs, feePercent: 15 },
      transferable: false,
      earnsPoints: 300,
    }),
    ticketType({
      id: 'lounge-taster',
      name: 'Trade taster, three hours',
      summary: 'Three hours in the halls and the trade lounge from the moment you first walk in, on any day.',
      perks: ['Three hours from first entry', 'Trade lounge and meeting tables', 'One drinks voucher'],
      category: 'paid',
      priceMinor: 1_800,
      tier: 3,
      accessLevel: 'Trade',
      zones: ['main-floor', 'tasting-deck', 'trade-lounge'],
      capacity: 160,
      pools: dayPools,
      sale: saleUntilClose(frame),
      perOrderMax: 4,
      validity: {
        kind: 'after_first_entry',
        window: { from: frame.doors[0]?.from ?? frame.startsAt, until: frame.endsAt },
        minutes: 180,
      },
      entry: { kind: 'reentry' },
      benefits: [bundle.drinks],
      earnsPoints: 60,
    }),
    backstageTour(frame),
  ];
}

function backstageTour(frame: ExpoFrame): TicketType {
  const tour = hours(frame.days[2] ?? frame.firstDay, '09:00', '10:15', timeZone);
  return ticketType({
    id: 'backstage-tour',
    name: 'Backstage tour',
    summary:
      'Under the stage and up to the grid before the halls open, with the people who hung it all. Flat shoes, please.',
    perks: ['Seventy-five minutes with the rigging crew', 'Breakfast roll and tea', 'Stay on for the day'],
    category: 'paid',
    priceMinor: 1_500,
    tier: 4,
    accessLevel: 'Backstage',
    zones: ['main-floor', 'tasting-deck', 'backstage'],
    capacity: 18,
    pools: ['floor-day-3'],
    sale: { from: frame.salesOpenAt, until: tour.from - hourMs },
    perOrderMax: 2,
    perCustomerMax: 2,
    validity: { kind: 'windows', windows: [{ from: tour.from, until: frame.doors[2]?.until ?? tour.until }] },
    identity: 'verified_holder',
    code: 'live_only',
    refund: { kind: 'until', until: tour.from - dayMs, feePercent: 0 },
    transferable: false,
    earnsPoints: 60,
  });
}
