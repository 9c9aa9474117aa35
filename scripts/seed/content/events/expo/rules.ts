import type { EventRules } from '#shared/inventory/rules.ts';
import { dayPools, occasionalTypes, passTypes, visitorDayTypes } from './floor-types.ts';
import { expoId, type ExpoFrame, timeZone } from './frame.ts';
import { tradeTypes } from './trade-types.ts';
import { workshops, workshopTypes } from './workshop-types.ts';

export function expoRules(frame: ExpoFrame): EventRules {
  return {
    eventId: expoId,
    eventNumber: 1001,
    businessId: 'biz_247gbs',
    title: '247GBS Expo',
    timeZone,
    currency: 'GBP',
    status: 'scheduled',
    startsAt: frame.startsAt,
    endsAt: frame.endsAt,
    pools: [
      ...dayPools.map((id, index) => ({ id, name: `Halls 1 to 4, day ${index + 1}`, capacity: 4_000 })),
      ...workshops.map(({ pool, seats, name }) => ({
        id: pool,
        name: `Seats for ${name.replace('Workshop: ', '')}`,
        capacity: seats,
      })),
    ],
    zones: [
      { id: 'main-floor', name: 'Main floor, Halls 1 to 4', bit: 0, occupancyLimit: 4_000 },
      { id: 'workshop-wing', name: 'Workshop wing', bit: 1, occupancyLimit: 120 },
      { id: 'trade-lounge', name: 'Trade lounge', bit: 2, occupancyLimit: 180 },
      { id: 'backstage', name: 'Backstage', bit: 3, occupancyLimit: 40 },
      { id: 'tasting-deck', name: 'Tasting deck', bit: 4, occupancyLimit: 350 },
      { id: 'open-benches', name: 'Open benches', bit: 5, occupancyLimit: 90 },
    ],
    gates: [
      { id: 'north', name: 'North entrance', zones: ['main-floor'] },
      { id: 'south', name: 'South entrance', zones: ['main-floor'] },
      { id: 'deck', name: 'Tasting deck stairs', zones: ['tasting-deck'] },
      { id: 'lounge', name: 'Trade lounge door', zones: ['trade-lounge'] },
      { id: 'workshops', name: 'Workshop wing desk', zones: ['workshop-wing', 'open-benches'] },
      { id: 'stage-door', name: 'Stage door', zones: ['backstage'] },
    ],
    ticketTypes: [
      ...visitorDayTypes(frame),
      ...passTypes(frame),
      ...occasionalTypes(frame),
      ...tradeTypes(frame),
      ...workshopTypes(frame),
    ],
    bookingFee: { fixedMinor: 50, basisPoints: 300 },
    tax: { name: 'VAT', basisPoints: 2_000, mode: 'included' },
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 * 24 },
  };
}
