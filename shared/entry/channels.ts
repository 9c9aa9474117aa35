/** The kinds of way in: how somebody came to hear of an event. */
export const entryChannels = [
  'website',
  'marketplace',
  'partner_site',
  'social_ad',
  'email',
  'sms',
  'qr_poster',
  'shop',
  'booth',
  'pos',
  'voucher',
  'loyalty_card',
  'friend',
  'business',
  'influencer',
  'affiliate',
] as const;
export type EntryChannel = (typeof entryChannels)[number];
