import type { Database } from '#d1/database.ts';
import {
  businesses,
  entryLinks,
  events,
  exhibitors,
  memberships,
  people,
  products,
  programmeItems,
  reviews,
  sellerProfiles,
} from '#d1/schema/index.ts';
import type { SeedContent } from './content/index.ts';
import { entryLinkRows } from './content/entry-links.ts';
import { membershipRows, peopleRows } from './content/people.ts';
import { sellerRows } from './content/sellers.ts';
import { foundedAtMs } from './content/shapes.ts';
import { upserts } from './upsert.ts';

/** Writes every row in one transaction: readers see yesterday's catalogue or today's, never half of each. */
export async function writeCatalogue(db: Database, content: SeedContent): Promise<void> {
  const [first, ...rest] = [
    ...upserts(db, people, peopleRows()),
    ...upserts(db, businesses, content.businesses),
    ...upserts(db, memberships, membershipRows()),
    // Written once: what was edited in the studio stays.
    db.insert(sellerProfiles).values(sellerRows()).onConflictDoNothing(),
    ...upserts(db, products, content.products),
    ...upserts(
      db,
      events,
      content.events.map(({ event }) => event),
    ),
    // Written once: their visits are counted from then on. One by one, because a statement takes a hundred values.
    ...entryLinkRows(foundedAtMs).map((row) => db.insert(entryLinks).values(row).onConflictDoNothing()),
    ...upserts(
      db,
      exhibitors,
      content.events.flatMap((each) => each.exhibitors),
    ),
    ...upserts(
      db,
      programmeItems,
      content.events.flatMap((each) => each.programme),
    ),
    ...upserts(
      db,
      reviews,
      content.events.flatMap((each) => each.reviews),
    ),
  ];
  if (first) await db.batch([first, ...rest]);
}
