import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs } from '#shared/time.ts';
import { ticketType } from '../../shapes.ts';
import { eventId, type Frame, timeZone } from './frame.ts';

const tea = {
  id: 'tea-and-slice',
  name: 'A mug of tea and a slice',
  kind: 'coupon',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_open_days_tea',
} as const;

const patch = {
  id: 'patch',
  name: 'Open Days cloth patch',
  kind: 'product',
  quantity: 1,
  redeemAt: 'counter',
  productId: 'prd_open_days_patch',
} as const;

const guide = {
  id: 'mending-guide',
  name: 'The Yard’s mending guide',
  kind: 'digital',
  quantity: 1,
  redeemAt: 'download',
  productId: 'prd_open_days_mending_guide',
} as const;

function openDaysTypes(frame: Frame): TicketType[] {
  const shared = {
    category: 'free',
    priceMinor: 0,
    sale: { from: frame.startsAt - 45 * dayMs, until: frame.endsAt },
    validity: { kind: 'windows', windows: [frame.doors] },
  } satisfies Partial<TicketType>;
  return [
    ticketType({
      ...shared,
      id: 'community-entry',
      name: 'Community entry',
      summary: 'Come in at any hour, day or night, until the last kettle. Free for everyone, and always will be.',
      perks: ['The yard, market and stage', 'A mug of tea and a slice', 'The mending guide to keep'],
      accessLevel: 'Neighbour',
      zones: ['yard'],
      capacity: 5_000,
      pools: ['yard'],
      perOrderMax: 10,
      perCustomerMax: 20,
      benefits: [tea, guide],
      earnsPoints: 25,
    }),
    ticketType({
      ...shared,
      id: 'family-of-four',
      name: 'Family of four',
      summary: 'One ticket lets in four of you, together or one at a time, with a patch for whoever asks first.',
      perks: ['Admits four', 'Four mugs, four slices', 'A cloth patch to iron on'],
      accessLevel: 'Neighbour',
      zones: ['yard'],
      capacity: 600,
      pools: ['yard'],
      perOrderMax: 2,
      perCustomerMax: 4,
      admits: 4,
      benefits: [{ ...tea, quantity: 4 }, patch],
      earnsPoints: 60,
    }),
    ticketType({
      ...shared,
      id: 'keep-it-lit',
      name: 'Keep it lit: supporter entry',
      summary: 'The same open door, and your eight pounds pay for the lamps, the parts bin and two neighbours’ tea.',
      perks: ['The yard, market and stage', 'A mug of tea and a slice', 'Your name on the lamp post, if you like'],
      category: 'paid',
      priceMinor: 800,
      accessLevel: 'Neighbour',
      zones: ['yard'],
      capacity: 400,
      pools: ['yard'],
      perOrderMax: 6,
      perCustomerMax: 12,
      benefits: [tea, patch, guide],
      earnsPoints: 80,
    }),
    ticketType({
      ...shared,
      id: 'repair-cafe-slot',
      name: 'Repair café slot',
      summary:
        'A place at the benches for you and one broken thing: lamps, radios, zips, toasters, chairs, the odd accordion.',
      perks: ['A repairer beside you', 'Ordinary parts at cost', 'The yard as well'],
      tier: 2,
      accessLevel: 'Repair bench',
      zones: ['yard', 'repair-hall'],
      capacity: 40,
      pools: ['yard', 'repair-benches'],
      perOrderMax: 1,
      perCustomerMax: 2,
      entry: { kind: 'reentry' },
      benefits: [tea],
      earnsPoints: 40,
    }),
    ticketType({
      ...shared,
      id: 'neon-bench',
      name: 'Neon bending bench, 3 places',
      summary:
        'Three places, one ribbon burner, three hours with Ines Brightwell. Bend one letter and take it home lit.',
      perks: ['Glass, gas and goggles', 'One lit letter', 'Age 16 and over'],
      tier: 3,
      accessLevel: 'Makers’ loft',
      zones: ['yard', 'makers-loft'],
      capacity: 3,
      pools: ['yard'],
      perOrderMax: 1,
      perCustomerMax: 1,
      identity: 'name_check',
      transferable: false,
      earnsPoints: 40,
    }),
  ];
}

export function openDaysRules(frame: Frame): EventRules {
  return {
    eventId,
    eventNumber: 1003,
    businessId: 'biz_common_thread',
    title: 'Open Days at Lantern Yard',
    timeZone,
    currency: 'GBP',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      { id: 'yard', name: 'Lantern Yard', capacity: 7_500 },
      { id: 'repair-benches', name: 'Repair benches', capacity: 40 },
    ],
    zones: [
      { id: 'yard', name: 'The yard and market', bit: 0, occupancyLimit: 2_500 },
      { id: 'repair-hall', name: 'Repair hall', bit: 1, occupancyLimit: 60 },
      { id: 'makers-loft', name: 'Makers’ loft', bit: 2, occupancyLimit: 24 },
    ],
    gates: [
      { id: 'lane-gate', name: 'Brightwell Lane gate', zones: ['yard'] },
      { id: 'canal-gate', name: 'Canal path gate', zones: ['yard'] },
      { id: 'repair-desk', name: 'Repair hall desk', zones: ['repair-hall'] },
      { id: 'loft-stairs', name: 'Loft stairs', zones: ['makers-loft'] },
    ],
    ticketTypes: openDaysTypes(frame),
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 24 },
  };
}
