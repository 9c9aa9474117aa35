import type { entryLinks } from '#d1/schema/index.ts';

type EntryLinkRow = typeof entryLinks.$inferInsert;

/** Ways in that exist from the start: posters, posts, friends, shops and the announcement mail. */
export function entryLinkRows(createdAtMs: number): EntryLinkRow[] {
  const link = (code: string, eventId: string, channel: EntryLinkRow['channel'], label: string) => {
    return { code, eventId, channel, label, createdAtMs };
  };
  return [
    link('dock', 'evt_expo', 'qr_poster', 'Poster, Royal Victoria Wharf station platform'),
    link('halls', 'evt_expo', 'qr_poster', 'Poster, Harbour Exchange foyer'),
    link('maker-mail', 'evt_expo', 'email', 'Makers’ newsletter, November'),
    link('adaeze', 'evt_expo', 'influencer', 'Adaeze’s stories'),
    link('shopfront', 'evt_expo', 'shop', 'Window cards in exhibitors’ shops'),
    link('lagos-rail', 'evt_night_ferry', 'qr_poster', 'Poster, Marina station concourse'),
    link('highlife-radio', 'evt_night_ferry', 'affiliate', 'Highlife hour, weekly mention'),
    link('ferry-crew', 'evt_night_ferry', 'friend', 'Crew guest-list friends'),
    link('yard-wall', 'evt_open_days', 'qr_poster', 'Poster on the yard wall'),
    link('repair-club', 'evt_open_days', 'business', 'Repair club’s own page'),
    link('asaase-card', 'evt_asaase_weekend', 'voucher', 'Printed cards in the market'),
    link('growers-sms', 'evt_shamba_spark', 'sms', 'Growers’ text message'),
  ];
}
