import type { TicketType } from '#shared/inventory/rules.ts';
import { dayMs, minuteMs } from '#shared/time.ts';
import { hours, ticketType } from '../../shapes.ts';
import { type ExpoFrame, timeZone } from './frame.ts';

type Workshop = {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly perks: readonly string[];
  readonly priceMinor: number;
  readonly day: number;
  readonly from: string;
  readonly until: string;
  /** The room on that day: one workshop fills it. */
  readonly pool: string;
  readonly seats: number;
};

export const workshops: readonly Workshop[] = [
  {
    id: 'ws-riso',
    name: 'Workshop: two-colour risograph',
    summary: 'Design, separate and print an A3 poster in two spot colours. Leave with an edition of twenty.',
    perks: ['All paper and ink', 'Edition of twenty to take home', 'No drawing skill needed'],
    priceMinor: 3_200,
    day: 1,
    from: '11:00',
    until: '13:30',
    pool: 'print-room-day-2',
    seats: 16,
  },
  {
    id: 'ws-spoon',
    name: 'Workshop: carve a first spoon',
    summary: 'Axe, straight knife, hook knife, spoon. Taught in green ash by people with all their fingers.',
    perks: ['Blank, tools and plasters', 'Your spoon', 'Age 14 and over'],
    priceMinor: 3_800,
    day: 1,
    from: '14:00',
    until: '17:00',
    pool: 'bench-room-day-2',
    seats: 12,
  },
  {
    id: 'ws-synth',
    name: 'Workshop: build a pocket drone',
    summary: 'Solder forty-one parts into an instrument and play it in a very quiet orchestra before tea.',
    perks: ['Kit and soldering iron', 'Keep the instrument', 'Age 10 and over, under-14s with an adult'],
    priceMinor: 5_500,
    day: 2,
    from: '10:30',
    until: '13:30',
    pool: 'bench-room-day-3',
    seats: 14,
  },
  {
    id: 'ws-pricing',
    name: 'Workshop: price it properly',
    summary: 'Bring one product and its costs. Leave with a price you can say out loud without apologising.',
    perks: ['Worksheet and calculator', 'Twenty minutes one to one', 'Tea throughout'],
    priceMinor: 1_500,
    day: 2,
    from: '14:30',
    until: '16:30',
    pool: 'print-room-day-3',
    seats: 24,
  },
  {
    id: 'ws-hat',
    name: 'Workshop: block a felt hat',
    summary: 'Steam, stretch and pin a wool felt over an eighty-year-old block, then choose the ribbon.',
    perks: ['Felt, ribbon and steam', 'Your hat, in your size', 'Light lunch'],
    priceMinor: 6_800,
    day: 3,
    from: '10:30',
    until: '14:00',
    pool: 'bench-room-day-4',
    seats: 10,
  },
  {
    id: 'ws-solar',
    name: 'Workshop: wire a solar lamp',
    summary: 'Panel, cell, driver, light. How small solar works, learnt by making some.',
    perks: ['All parts, safe low voltage', 'Your lamp', 'Age 10 and over'],
    priceMinor: 2_400,
    day: 3,
    from: '14:30',
    until: '16:30',
    pool: 'print-room-day-4',
    seats: 20,
  },
];

export function workshopTypes(frame: ExpoFrame): TicketType[] {
  return workshops.map((workshop) => {
    const day = frame.days[workshop.day] ?? frame.firstDay;
    const session = hours(day, workshop.from, workshop.until, timeZone);
    const doors = hours(day, '09:30', '18:30', timeZone);
    return ticketType({
      id: workshop.id,
      name: workshop.name,
      summary: workshop.summary,
      perks: [...workshop.perks, 'The halls for the rest of that day'],
      category: 'paid',
      priceMinor: workshop.priceMinor,
      tier: 2,
      accessLevel: 'Workshop',
      zones: ['main-floor', 'tasting-deck', 'workshop-wing'],
      capacity: workshop.seats,
      pools: [workshop.pool, `floor-day-${workshop.day + 1}`],
      sale: { from: frame.salesOpenAt, until: session.from - 15 * minuteMs },
      perOrderMax: 4,
      perCustomerMax: 4,
      validity: { kind: 'windows', windows: [doors] },
      entry: { kind: 'reentry' },
      code: 'live_for_reentry',
      refund: { kind: 'until', until: session.from - dayMs, feePercent: 10 },
      earnsPoints: 80,
    });
  });
}
