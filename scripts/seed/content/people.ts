import type { memberships, people } from '#d1/schema/people.ts';
import { platformBusinessId, type Membership } from '#shared/access/permissions.ts';
import { foundedAtMs } from './shapes.ts';

/** Every business that holds one of the seeded events. */
export const organiserIds = [
  'biz_247gbs',
  'biz_common_thread',
  'biz_lagoon_line',
  'biz_oforiwaa',
  'biz_riftworks',
  'biz_second_impression',
] as const;

export type DemoPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** What to try as this person, in a line. */
  readonly purpose: string;
  readonly memberships: readonly Membership[];
};

/** `.example` is reserved: mail to these people can reach nobody. */
export const demoPeople: readonly DemoPerson[] = [
  {
    id: 'per_demo_customer',
    name: 'Amara Bellingham',
    email: 'amara@visitors.example',
    purpose: 'Buys and keeps tickets, shows them at the gate',
    memberships: [],
  },
  {
    id: 'per_demo_owner',
    name: 'Delphine Asante',
    email: 'delphine@247gbs.example',
    purpose: 'Owns the organisers: events, prices, orders, staff',
    memberships: organiserIds.map((businessId) => ({ businessId, role: 'owner' })),
  },
  {
    id: 'per_demo_steward',
    name: 'Kit Oyelaran',
    email: 'kit@stewards.example',
    purpose: 'Stands at the gates and scans tickets',
    memberships: organiserIds.map((businessId) => ({ businessId, role: 'gate_steward' })),
  },
  {
    id: 'per_demo_supervisor',
    name: 'Ifeoma Adeyinka',
    email: 'ifeoma@stewards.example',
    purpose: 'Supervises the gates: finds tickets, lets in by hand, opens all gates in an emergency',
    memberships: organiserIds.map((businessId) => ({ businessId, role: 'supervisor' })),
  },
  {
    id: 'per_demo_platform',
    name: 'Noor Vandersteen',
    email: 'noor@platform.example',
    purpose: 'Runs the platform',
    memberships: [{ businessId: platformBusinessId, role: 'platform_admin' }],
  },
  {
    id: 'per_demo_regular',
    name: 'Marcus Thornbury',
    email: 'marcus@visitors.example',
    purpose: 'Comes often: has points and a balance to pay with',
    memberships: [],
  },
];

export function peopleRows(): (typeof people.$inferInsert)[] {
  return demoPeople.map(({ id, email, name }) => ({ id, email, name, createdAtMs: foundedAtMs }));
}

export function membershipRows(): (typeof memberships.$inferInsert)[] {
  return demoPeople.flatMap((person) =>
    person.memberships.map(({ businessId, role }) => ({
      personId: person.id,
      businessId,
      role,
      createdAtMs: foundedAtMs,
    })),
  );
}
