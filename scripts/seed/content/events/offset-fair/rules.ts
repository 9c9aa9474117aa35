import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { spokenDay } from '../../calendar.ts';
import { ticketType } from '../../shapes.ts';
import { eventId, type Frame, timeZone } from './frame.ts';

const print = {
  id: 'souvenir-print',
  name: 'Offset souvenir print, A3',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_offset_print',
} as const;

export function offsetRules(frame: Frame): EventRules {
  const shared = { accessLevel: 'Visitor', zones: ['fair'], sale: frame.sale } satisfies Partial<TicketType>;
  return {
    eventId,
    eventNumber: 1006,
    businessId: 'biz_second_impression',
    title: 'Offset: print and paper fair',
    timeZone,
    currency: 'GBP',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      { id: 'fair-day-1', name: 'Tannery Row, Saturday', capacity: 900 },
      { id: 'fair-day-2', name: 'Tannery Row, Sunday', capacity: 900 },
    ],
    zones: [
      { id: 'fair', name: 'Fair floors', bit: 0, occupancyLimit: 500 },
      { id: 'press-room', name: 'Press room', bit: 1, occupancyLimit: 20 },
    ],
    gates: [
      { id: 'yard-door', name: 'Yard door', zones: ['fair'] },
      { id: 'press-door', name: 'Press room door', zones: ['press-room'] },
    ],
    ticketTypes: [
      ...frame.doors.map((doors, index) =>
        ticketType({
          ...shared,
          id: `day-${index + 1}`,
          name: spokenDay(frame.days[index] ?? frame.days[0]),
          summary: 'Seventy tables over two floors, talks in the loft, and the press running all day.',
          perks: ['Both floors', 'Talks in the drying loft'],
          category: 'paid',
          priceMinor: 600,
          capacity: 700,
          pools: [`fair-day-${index + 1}`],
          validity: { kind: 'windows', windows: [doors] },
          entry: { kind: 'reentry' },
          earnsPoints: 30,
        }),
      ),
      ticketType({
        ...shared,
        id: 'weekend-print',
        name: 'Weekend and a print',
        summary: 'Both days and a three-colour souvenir that you pull from the drum yourself.',
        perks: ['Saturday and Sunday', 'Souvenir print, A3'],
        category: 'pass',
        priceMinor: 1_800,
        tier: 2,
        accessLevel: 'Weekend',
        capacity: 250,
        pools: ['fair-day-1', 'fair-day-2'],
        validity: { kind: 'windows', windows: [...frame.doors] },
        entry: { kind: 'daily' },
        benefits: [print],
        earnsPoints: 90,
      }),
      ticketType({
        ...shared,
        id: 'wood-type',
        name: 'Workshop: set your name in wood',
        summary: 'Choose the letters, lock the forme, ink it, pull it. Twelve places on the old proofing press.',
        perks: ['Ninety minutes at the press', 'Five prints to keep'],
        category: 'paid',
        priceMinor: 2_600,
        tier: 2,
        accessLevel: 'Workshop',
        zones: ['fair', 'press-room'],
        capacity: 12,
        pools: ['fair-day-2'],
        validity: { kind: 'windows', windows: [frame.doors[1]] },
        earnsPoints: 60,
      }),
    ],
    bookingFee: { fixedMinor: 30, basisPoints: 300 },
    tax: { name: 'VAT', basisPoints: 2_000, mode: 'included' },
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 24 },
  };
}
