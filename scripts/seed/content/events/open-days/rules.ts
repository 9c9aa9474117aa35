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
  at: ['big-kettle'],
  productId: 'prd_open_days_tea',
} satisfies TicketType['benefits'][number];

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
    ...yardTypes(shared),
  ];
}

type Shared = Pick<TicketType, 'category' | 'priceMinor' | 'sale' | 'validity'>;

/** For those who come and go, help and are thanked. */
function yardTypes(shared: Shared): TicketType[] {
  const neighbour = { accessLevel: 'Neighbour', zones: ['yard'], pools: ['yard'] };
  return [
    ticketType({
      ...shared,
      id: 'yard-regular',
      name: 'Yard regular',
      summary: 'In and out as often as you like, with the lamp room on the way: three people in it at a time.',
      perks: ['Out and in again all three days', 'The lamp room, where glass is silvered', 'A mug of tea and a slice'],
      tier: 2,
      accessLevel: 'Regular',
      zones: ['yard', 'lamp-room'],
      capacity: 500,
      pools: ['yard'],
      perOrderMax: 4,
      entry: { kind: 'reentry' },
      benefits: [tea],
      earnsPoints: 25,
    }),
    ...liveTypes(shared),
    ticketType({
      ...shared,
      ...neighbour,
      id: 'kiln-firing',
      name: 'Kiln firing, 2 places',
      summary:
        'Two pots, one raku kiln, and Ines with the tongs. Gone in minutes each year; people do give theirs back.',
      perks: ['Clay, glaze and gloves', 'One pot to take home', 'The yard, market and stage'],
      capacity: 2,
      perOrderMax: 1,
      perCustomerMax: 1,
    }),
    ticketType({
      ...shared,
      ...neighbour,
      id: 'helping-hand',
      name: 'Helping hand',
      summary: 'For whoever gets you here and stays at your side. Comes in once you have.',
      perks: ['Beside a community entry', 'The yard, market and stage'],
      capacity: 300,
      perOrderMax: 4,
      companionOf: 'community-entry',
    }),
    ticketType({
      ...shared,
      ...neighbour,
      id: 'night-kettle-shift',
      name: 'Night kettle shift',
      summary: 'Keep the big kettle going from midnight to six. In your name, because we leave you the keys.',
      perks: ['Soup at three in the morning', 'The keys to the biscuit tin', 'A cloth patch to iron on'],
      capacity: 60,
      perOrderMax: 1,
      perCustomerMax: 1,
      identity: 'name_check',
      benefits: [{ ...tea, quantity: 3 }, patch],
      transferable: false,
      earnsPoints: 60,
    }),
    ticketType({
      ...shared,
      ...neighbour,
      id: 'neighbours-thanks',
      name: 'A neighbour’s thanks',
      summary: 'For everybody who mended, carried or baked last year. By the link on your thank-you card.',
      perks: ['The yard, market and stage', 'Two mugs, two slices', 'A cloth patch to iron on'],
      category: 'reward',
      capacity: 200,
      perOrderMax: 1,
      perCustomerMax: 1,
      benefits: [{ ...tea, quantity: 2 }, patch],
      earnsPoints: 50,
    }),
  ];
}

/** Sought after, and once sold on: only their holder's own phone shows them. */
function liveTypes(shared: Shared): TicketType[] {
  return [
    ticketType({
      ...shared,
      id: 'lamplighters-round',
      name: 'Lamplighters’ round',
      summary:
        'Walk the yard at dusk with a pole and a box of wicks, and light all forty lamps. Free, and quickly gone.',
      perks: ['A lamplighter’s pole and cap', 'The yard, market and stage', 'A code on your own phone, no paper'],
      tier: 4,
      accessLevel: 'Lamplighter',
      zones: ['yard'],
      capacity: 240,
      pools: ['yard'],
      perOrderMax: 4,
      code: 'live_only',
      earnsPoints: 40,
    }),
    ticketType({
      ...shared,
      id: 'all-night-pass',
      name: 'All-night pass',
      summary: 'Out for the last bus, back for the first kettle. Paper lets you in; your phone lets you back in.',
      perks: ['Out and in again, day and night', 'The yard, market and stage'],
      tier: 5,
      accessLevel: 'Night owl',
      zones: ['yard'],
      capacity: 400,
      pools: ['yard'],
      perOrderMax: 4,
      entry: { kind: 'reentry' },
      code: 'live_for_reentry',
      earnsPoints: 25,
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
      { id: 'lamp-room', name: 'The lamp room', bit: 3, occupancyLimit: 3 },
    ],
    gates: [
      {
        id: 'lane-gate',
        name: 'Brightwell Lane gate',
        zones: ['yard'],
        location: { latitude: 51.4703, longitude: -0.0689 },
      },
      { id: 'canal-gate', name: 'Canal path gate', zones: ['yard'] },
      { id: 'repair-desk', name: 'Repair hall desk', zones: ['repair-hall'] },
      { id: 'loft-stairs', name: 'Loft stairs', zones: ['makers-loft'] },
      { id: 'gallery-bridge', name: 'Gallery bridge', zones: ['yard', 'makers-loft'] },
      { id: 'lamp-room-door', name: 'Lamp room door', zones: ['lamp-room'] },
      {
        id: 'big-kettle',
        name: 'The big kettle',
        kind: 'counter',
        zones: ['yard'],
        location: { latitude: 51.4702, longitude: -0.0686 },
      },
    ],
    ticketTypes: openDaysTypes(frame),
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 24 },
  };
}
