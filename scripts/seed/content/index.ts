import type { ShopRules } from '#shared/inventory/shop-rules.ts';
import { dayMs, type EpochMs } from '#shared/time.ts';
import { businessRows } from './businesses/index.ts';
import { asaaseWeekend } from './events/asaase-weekend/index.ts';
import { expo } from './events/expo/index.ts';
import { nightFerry } from './events/night-ferry/index.ts';
import { offsetFair } from './events/offset-fair/index.ts';
import { openDays } from './events/open-days/index.ts';
import { shambaAndSpark } from './events/shamba-and-spark/index.ts';
import { productRows } from './products/index.ts';
import { shopRules } from './shops/index.ts';
import type { BusinessRow, EventSeed, ProductRow } from './shapes.ts';

export type SeedContent = {
  readonly businesses: readonly BusinessRow[];
  readonly products: readonly ProductRow[];
  readonly shops: readonly ShopRules[];
  /** The always-open event comes last: its rules in force are the sign that the rest was written. */
  readonly events: readonly EventSeed[];
};

/** The event whose gates admit at every moment of the seeded day: what a first demonstration walks through. */
export const alwaysOpenEventId = 'evt_open_days';

export function anchorOf(nowMs: EpochMs): EpochMs {
  return Math.floor(nowMs / dayMs) * dayMs;
}

/** Everything seeded, dated around `anchor`, the start of a UTC day. The same anchor gives the same content. */
export function seedContent(anchor: EpochMs): SeedContent {
  return {
    businesses: businessRows(),
    products: productRows(),
    shops: shopRules(anchor),
    events: [expo, nightFerry, asaaseWeekend, shambaAndSpark, offsetFair, openDays].map((event) => event(anchor)),
  };
}
