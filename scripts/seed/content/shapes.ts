import type { businesses, events, exhibitors, products, programmeItems, reviews } from '#d1/schema/catalogue.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, type EpochMs } from '#shared/time.ts';
import { pickupOf } from './shops/pickups.ts';
import { dayAfter, type CalendarDay, zonedTime } from './calendar.ts';

export type BusinessRow = typeof businesses.$inferInsert;
export type EventRow = typeof events.$inferInsert;
export type ProductRow = typeof products.$inferInsert;
export type ExhibitorRow = typeof exhibitors.$inferInsert;
export type ProgrammeRow = typeof programmeItems.$inferInsert;
export type ReviewRow = typeof reviews.$inferInsert;

export type EventSeed = {
  readonly event: EventRow;
  readonly rules: EventRules;
  readonly programme: readonly ProgrammeRow[];
  readonly exhibitors: readonly ExhibitorRow[];
  readonly reviews: readonly ReviewRow[];
};

/** A fixed past instant: every reseeding must write the same rows, and no page shows it. */
export const foundedAtMs: EpochMs = Date.UTC(2025, 1, 3, 9);

type TypeDraft = Pick<
  TicketType,
  'id' | 'name' | 'summary' | 'category' | 'priceMinor' | 'accessLevel' | 'zones' | 'capacity' | 'sale' | 'validity'
> &
  Partial<TicketType>;

/** A ticket type with the terms most of ours share: one admission, printable, transferable, no refund. */
export function ticketType(draft: TypeDraft): TicketType {
  return {
    perks: [],
    tier: 1,
    pools: [],
    perOrderMax: 8,
    perCustomerMax: 12,
    entry: { kind: 'single' },
    admits: 1,
    identity: 'none',
    code: 'printed',
    benefits: [],
    refund: { kind: 'none' },
    transferable: true,
    earnsPoints: 0,
    ...draft,
  };
}

/** A window on local clocks; an end at or before its beginning is on the next day. */
export function hours(
  day: CalendarDay,
  from: string,
  until: string,
  timeZone: string,
): { from: EpochMs; until: EpochMs } {
  return {
    from: zonedTime(day, from, timeZone),
    until: zonedTime(until > from ? day : dayAfter(day, 1), until, timeZone),
  };
}

export type ProgrammeDraft = {
  /** Days after the event's first day. */
  readonly day: number;
  readonly from: string;
  readonly until: string;
  readonly kind: ProgrammeRow['kind'];
  readonly place: string;
  readonly title: string;
  readonly summary: string;
  readonly people: readonly (readonly [name: string, role: string])[];
  readonly ticketTypeId?: string;
};

type ProgrammeFrame = {
  readonly key: string;
  readonly eventId: string;
  readonly firstDay: CalendarDay;
  readonly timeZone: string;
};

export function programmeOf(frame: ProgrammeFrame, drafts: readonly ProgrammeDraft[]): ProgrammeRow[] {
  return drafts.map((draft, index) => {
    const when = hours(dayAfter(frame.firstDay, draft.day), draft.from, draft.until, frame.timeZone);
    return {
      id: `prg_${frame.key}_${String(index + 1).padStart(2, '0')}`,
      eventId: frame.eventId,
      title: draft.title,
      summary: draft.summary,
      kind: draft.kind,
      place: draft.place,
      startsAtMs: when.from,
      endsAtMs: when.until,
      people: draft.people.map(([name, role]) => ({ name, role })),
      ticketTypeId: draft.ticketTypeId ?? null,
    };
  });
}

export type ReviewDraft = readonly [authorName: string, rating: number, daysAfter: number, text: string];

/** Reviews of last year's edition, written some days after it closed. */
export function reviewsOf(key: string, eventId: string, endsAt: EpochMs, drafts: readonly ReviewDraft[]): ReviewRow[] {
  return drafts.map(([authorName, rating, daysAfter, text], index) => ({
    id: `rev_${key}_${String(index + 1).padStart(2, '0')}`,
    eventId,
    authorName,
    rating,
    text,
    writtenAtMs: endsAt - (364 - daysAfter) * dayMs,
  }));
}

export type ExhibitorDraft = readonly [businessId: string, hall: string, stand: string, pitch: string];

export function exhibitorsOf(eventId: string, drafts: readonly ExhibitorDraft[]): ExhibitorRow[] {
  return drafts.map(([businessId, hall, stand, pitch]) => ({ eventId, businessId, hall, stand, pitch }));
}

export type BusinessDraft = {
  /** The id is `biz_` and this, the slug the same with hyphens. */
  readonly key: string;
  readonly name: string;
  readonly tagline: string;
  readonly story: readonly string[];
  readonly category: string;
  readonly city: string;
  readonly countryCode: string;
};

export function businessOf(draft: BusinessDraft): BusinessRow {
  const slug = draft.key.replaceAll('_', '-');
  return {
    id: `biz_${draft.key}`,
    slug,
    name: draft.name,
    tagline: draft.tagline,
    story: draft.story.join('\n\n'),
    category: draft.category,
    city: draft.city,
    countryCode: draft.countryCode,
    website: `https://${slug}.example`,
    supportEmail: `hello@${slug}.example`,
    logoKey: `businesses/${slug}/logo.svg`,
    createdAtMs: foundedAtMs,
  };
}

export type ProductDraft = readonly [
  key: string,
  businessKey: string,
  kind: ProductRow['kind'],
  priceMinor: number,
  name: string,
  description: string,
];

export function productsOf(currency: EventRules['currency'], drafts: readonly ProductDraft[]): ProductRow[] {
  return drafts.map(([key, businessKey, kind, priceMinor, name, description]) => {
    const slug = key.replaceAll('_', '-');
    return {
      id: `prd_${key}`,
      businessId: `biz_${businessKey}`,
      slug,
      name,
      description,
      kind,
      priceMinor,
      currency,
      pictureKey: `products/${slug}/picture.svg`,
      pickup: pickupOf(`prd_${key}`),
    };
  });
}
