import * as flat from './paper-and-wallet.ts';
import { papers } from './papers.ts';
import { onStage, type Thing } from './stage.ts';
import * as table from './table.ts';
import * as worn from './wear-and-tools.ts';

const things: Readonly<Record<string, Thing>> = {
  prd_expo_tote: flat.tote,
  prd_expo_catalogue: flat.book,
  prd_expo_harbour_table: flat.book,
  prd_expo_tasting_flight: flat.tokens,
  prd_expo_drinks: flat.voucher,
  prd_expo_advice_hour: flat.hour,
  prd_expo_talks_recording: flat.recording,
  prd_expo_cashback: flat.cashback,
  prd_open_days_tea: table.cup,
  prd_open_days_patch: flat.patch,
  prd_open_days_mending_guide: worn.handbook,
  prd_offset_print: flat.print,
  prd_ferry_drink_token: flat.tokens,
  prd_ferry_crossing_print: flat.print,
  prd_ferry_live_recording: flat.recording,
  prd_ferry_small_chops: table.supper,
  prd_asaase_tasting_tokens: flat.tokens,
  prd_asaase_market_bag: flat.marketBag,
  prd_asaase_soup_book: flat.book,
  prd_asaase_shop_credit: flat.cashback,
  prd_shamba_seed_box: worn.seeds,
  prd_shamba_bench_day: flat.hour,
  prd_shamba_field_notes: worn.fieldNotes,
  prd_pepper_trio: table.jars,
  prd_pepper_supper: table.supper,
  prd_salt_bun_box: table.bunBox,
  prd_tidewater_five: table.tins,
  prd_kiln_mug_pair: table.mugs,
  prd_kiln_serving_bowl: table.bowl,
  prd_oak_spoon: table.spoon,
  prd_oak_carving_kit: table.carvingKit,
  prd_sunloft_share: worn.survey,
  prd_sunloft_lamp: worn.lamp,
  prd_cartwheel_pannier: worn.crate,
  prd_neon_letter: worn.neonLetter,
  prd_loom_coat: worn.coat,
  prd_loom_scarf: worn.scarf,
  prd_reyes_felt: worn.hat,
  prd_ledgerling_year: worn.handbook,
  prd_roundpot_starter: flat.book,
  prd_umber_balm: table.balm,
  prd_umber_soap: table.soap,
  prd_crownwell_leave_in: worn.bottle,
  prd_crownwell_session: worn.comb,
  prd_furrow_demo_day: worn.robot,
  prd_impression_zine_box: flat.zines,
  prd_patchbay_kit: worn.synth,
  prd_patchbay_sample_pack: flat.recording,
  prd_indigo_wrapper: worn.wrapper,
  prd_sweetsop_jars: table.jars,
  prd_kilimo_probe: worn.probe,
  prd_ngong_jembe: worn.jembe,
};

export function productPicture(id: string, businessId: string, name: string): string {
  const thing = things[id];
  const paper = papers[businessId];
  if (thing === undefined || paper === undefined) throw new Error(`No picture for ${id} of ${businessId}`);
  return onStage(name, paper, thing);
}
