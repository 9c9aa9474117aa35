import { businessNames, type Decider } from '#d1/queries/team.ts';
import { sellerProfilesOf, writeSellerProfile, type SellerProfile } from '#d1/queries/sellers.ts';
import { may, platformBusinessId, type Permission } from '#shared/access/permissions.ts';
import { platformSeller } from '#shared/documents/compose.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditIfChanged } from './audit.ts';
import { unknownSeller } from './issue-documents.ts';

/** Who writes documents: a business, or the platform for its own fees. */
export type Seller = { readonly id: string; readonly name: string };

/** Undefined when it is not theirs to see: whether there is such a seller they are not told. */
export async function sellerFor(
  { db }: Pick<Services, 'db'>,
  viewer: Decider,
  sellerId: string,
): Promise<Seller | undefined> {
  if (!mayAtSeller(viewer, 'finance.read', sellerId)) return undefined;
  if (sellerId === platformSeller) return { id: sellerId, name: unknownSeller(sellerId).legalName };
  const [business] = await businessNames(db, [sellerId]);
  return business;
}

export function mayAtSeller(
  { memberships }: Pick<Decider, 'memberships'>,
  permission: Permission,
  sellerId: string,
): boolean {
  return may(memberships, permission, businessOf(sellerId));
}

export async function sellerProfile({ db }: Pick<Services, 'db'>, sellerId: string): Promise<SellerProfile> {
  const profiles = await sellerProfilesOf(db, [sellerId]);
  return profiles.get(sellerId) ?? { ...unknownSeller(sellerId), version: 0 };
}

/** Counts from the next document on: what was issued stands. `version` is that of the form. */
export async function editSeller(
  services: Services,
  viewer: Decider,
  sellerId: string,
  profile: SellerProfile,
): Promise<Result<undefined, 'seller_changed' | 'not_permitted'>> {
  if (!mayAtSeller(viewer, 'seller.edit', sellerId)) return fail('not_permitted');
  const about = { actorId: viewer.personId, businessId: businessOf(sellerId), subjectId: sellerId };
  const [written] = await services.db.batch([
    writeSellerProfile(services.db, sellerId, profile, services.clock()),
    auditIfChanged(services, { action: 'seller.changed', ...about, facts: { version: profile.version + 1 } }),
  ]);
  return written.length > 0 ? ok(undefined) : fail('seller_changed');
}

/** Whose members the platform's own documents are for. */
export function businessOf(sellerId: string): string {
  return sellerId === platformSeller ? platformBusinessId : sellerId;
}
