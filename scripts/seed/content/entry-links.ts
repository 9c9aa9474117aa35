import type { entryLinks } from '#d1/schema/index.ts';

type EntryLinkRow = typeof entryLinks.$inferInsert;

/** Printed by `npm start`: the way to a ticket that no page offers. */
export const thanksLinkCode = 'lantern-thanks';

/** Ways in that exist from the start: posters, posts, friends, shops and the announcement mail. */
export function entryLinkRows(createdAtMs: number): EntryLinkRow[] {
  const link = (code: string, eventId: string, channel: EntryLinkRow['channel'], label: string) => {
    return { code, eventId, channel, label, createdAtMs, opensTypeId: null, opensCount: null };
  };
  /** The way to tickets that are not for everybody: so many of a type. */
  const opening = (row: EntryLinkRow, opensTypeId: string, opensCount: number) => ({ ...row, opensTypeId, opensCount });
  return [
    link('dock', 'evt_expo', 'qr_poster', 'Poster, Royal Victoria Wharf station platform'),
    link('halls', 'evt_expo', 'qr_poster', 'Poster, Harbour Exchange foyer'),
    link('maker-mail', 'evt_expo', 'email', 'Makers’ newsletter, November'),
    link('adaeze', 'evt_expo', 'influencer', 'Adaeze’s stories'),
    link('shopfront', 'evt_expo', 'shop', 'Window cards in exhibitors’ shops'),
    opening(link('friend-of-the-expo', 'evt_expo', 'friend', 'Pass holders’ own invitations'), 'friend-referral', 250),
    opening(link('regulars', 'evt_expo', 'loyalty_card', 'Regulars with 500 points'), 'regulars-reward', 150),
    link('lagos-rail', 'evt_night_ferry', 'qr_poster', 'Poster, Marina station concourse'),
    link('highlife-radio', 'evt_night_ferry', 'affiliate', 'Highlife hour, weekly mention'),
    link('ferry-crew', 'evt_night_ferry', 'friend', 'Crew guest-list friends'),
    link('yard-wall', 'evt_open_days', 'qr_poster', 'Poster on the yard wall'),
    link('repair-club', 'evt_open_days', 'business', 'Repair club’s own page'),
    opening(
      link(thanksLinkCode, 'evt_open_days', 'friend', 'Thank-you cards to last year’s helpers'),
      'neighbours-thanks',
      150,
    ),
    link('asaase-card', 'evt_asaase_weekend', 'voucher', 'Printed cards in the market'),
    link('growers-sms', 'evt_shamba_spark', 'sms', 'Growers’ text message'),
  ];
}
