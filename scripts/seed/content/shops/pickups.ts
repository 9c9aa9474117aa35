const infoDesk = 'At the information desk in the entrance hall, every day of the Expo';
const tastingDeck = 'At the bar on the tasting deck';
const kettle = 'At the big kettle by the arch, any hour';
const slipway = 'At the slipway bar, from doors';
const courtyard = 'At the welcome table in the courtyard';
const workshop = 'At the Riftworks bench, by the main tent';

/** Where what is ordered along is handed over, in the seller's words. */
const pickups: Readonly<Record<string, string>> = {
  prd_expo_tote: infoDesk,
  prd_expo_catalogue: infoDesk,
  prd_expo_harbour_table: infoDesk,
  prd_expo_drinks: tastingDeck,
  prd_expo_tasting_flight: tastingDeck,
  prd_open_days_tea: kettle,
  prd_open_days_patch: kettle,
  prd_open_days_mending_guide: 'By mail, as a file, within a day',
  prd_ferry_drink_token: slipway,
  prd_ferry_small_chops: slipway,
  prd_ferry_crossing_print: slipway,
  prd_ferry_live_recording: 'By mail, as files, a week later',
  prd_asaase_tasting_tokens: courtyard,
  prd_asaase_market_bag: courtyard,
  prd_asaase_soup_book: courtyard,
  prd_shamba_seed_box: workshop,
  prd_shamba_bench_day: workshop,
  prd_shamba_field_notes: 'By mail, as a file, after the summit',
};

export function pickupOf(productId: string): string | null {
  return pickups[productId] ?? null;
}
