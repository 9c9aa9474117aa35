import type { sellerProfiles } from '#d1/schema/documents.ts';
import { foundedAtMs } from './shapes.ts';

type SellerRow = typeof sellerProfiles.$inferInsert;

/** Sellers as their documents name them. The numbers are nobody's: a shape with noughts in it, as no office gives them. */
const sellers: readonly (readonly [sellerId: string, legalName: string, taxNumber: string, ...address: string[]])[] = [
  ['platform', '247GBS Expo Ltd', 'GB 000 2470 00', 'Unit 4, Silo Wharf', '12 Lockside Lane', 'London E16 0AA'],
  ['biz_247gbs', '247GBS Traders Ltd', 'GB 000 2471 00', 'Unit 4, Silo Wharf', '12 Lockside Lane', 'London E16 0AA'],
  ['biz_common_thread', 'Common Thread Collective CIC', '', 'Lantern Yard', 'Copeland Row', 'London SE15 0AA'],
  ['biz_lagoon_line', 'Lagoon Line Live Ltd', '00024700-0001', 'The Old Slipway', '3 Customs Walk', 'Lagos Island'],
  ['biz_oforiwaa', 'Oforiwaa & Daughters Ltd', 'C0000247000', 'Cloth Lane 31', 'Jamestown', 'Accra'],
  ['biz_riftworks', 'Riftworks Ltd', 'P000002470X', 'Workshop 9', 'Lusaka Road', 'Nairobi'],
  ['biz_second_impression', 'Second Impression Press Ltd', 'GB 000 2472 00', '7 Composing Row', 'London E9 0AA'],
];

export function sellerRows(): SellerRow[] {
  return sellers.map(([sellerId, legalName, taxNumber, ...address]) => {
    return { sellerId, legalName, taxNumber, address: address.join('\n'), version: 1, updatedAtMs: foundedAtMs };
  });
}
