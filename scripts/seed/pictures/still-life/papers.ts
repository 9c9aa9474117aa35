import type { Paper } from './stage.ts';

const paper = (wall: string, table: string, main: string, second: string, accent: string, ink: string): Paper => ({
  wall,
  table,
  main,
  second,
  accent,
  ink,
});

/** One set of colours for each business, so that its things look as though they came off one shelf. */
export const papers: Readonly<Record<string, Paper>> = {
  biz_247gbs: paper('#44206f', '#f67c3a', '#ffedc7', '#e2504f', '#ffa93f', '#180f3c'),
  biz_common_thread: paper('#9cc5c1', '#29516d', '#e4572e', '#f3a712', '#fbf1dc', '#3f1d36'),
  biz_second_impression: paper('#ffd91f', '#ff4fa3', '#1c4fd6', '#ff4fa3', '#ffd91f', '#141a4d'),
  biz_lagoon_line: paper('#2c1157', '#ff4a1c', '#ffb41f', '#ff7fb2', '#12a574', '#150726'),
  biz_oforiwaa: paper('#f4b21b', '#c9182b', '#0b7d49', '#fff3d6', '#f4b21b', '#14100c'),
  biz_riftworks: paper('#f9cd92', '#2f7f6d', '#d4633a', '#7fae3c', '#f2b134', '#20140f'),
  biz_adunni_pepper: paper('#ffd34e', '#12663d', '#d7261e', '#f0802a', '#ffd34e', '#4a1212'),
  biz_salt_lane: paper('#9fc7d8', '#17456b', '#fdf3dd', '#e0a14c', '#17456b', '#0d2c46'),
  biz_tidewater_tea: paper('#cfe3cd', '#0f5a55', '#2e8f7f', '#d9a441', '#9ad0a1', '#0c3b38'),
  biz_kiln_and_copper: paper('#d9c7b0', '#2b3440', '#f2eadb', '#c5562c', '#8f3a1c', '#1c232c'),
  biz_hollow_oak: paper('#b9c7a2', '#6b4423', '#c08a4f', '#8f5d30', '#e9dcc0', '#3c2412'),
  biz_sunloft: paper('#8fd0e8', '#ffc629', '#e5532d', '#ffe487', '#1d3c6e', '#15294d'),
  biz_cartwheel: paper('#ffc9a3', '#1c2f6b', '#e8452c', '#d9923f', '#ffc629', '#12204b'),
  biz_brightwell_neon: paper('#1d1236', '#3a1a4f', '#ff2f6d', '#4be3d0', '#ffd7e2', '#0d0819'),
  biz_loomhouse_nine: paper('#f3d9a4', '#24308f', '#3445c4', '#24308f', '#e9a13b', '#141b52'),
  biz_marlow_reyes: paper('#f0c9b8', '#8d3b4f', '#6d3448', '#d4482f', '#f3dcae', '#3b1f2b'),
  biz_ledgerling: paper('#bfe3cf', '#0e7c66', '#0e7c66', '#ff7f32', '#ffd27a', '#093f35'),
  biz_roundpot: paper('#ffd9a8', '#f26b3a', '#5a1a3c', '#ffe08a', '#f26b3a', '#36102a'),
  biz_umber_and_rye: paper('#e3d3b4', '#7f8f63', '#7d512c', '#f3e2b8', '#c98d43', '#4a2d19'),
  biz_crownwell: paper('#f6d7ff', '#5c2a86', '#8f4fc4', '#ffb84d', '#ff7fa8', '#3a1759'),
  biz_little_furrow: paper('#f7e2b1', '#7a3b1e', '#ffc629', '#9fc53c', '#e5532d', '#2d1a0e'),
  biz_patchbay_row: paper('#c9d3d0', '#31404a', '#ff5a36', '#27c4a8', '#ffcf3f', '#15181c'),
  biz_volta_indigo: paper('#f1ead9', '#c98f4e', '#1b2a73', '#3d55b8', '#f1ead9', '#0e1640'),
  biz_sweetsop_pantry: paper('#f7c948', '#1f6b43', '#c2452d', '#e8a33a', '#8fc15a', '#3d1a10'),
  biz_kilimo_sense: paper('#bfe3b4', '#5a2e17', '#1f7a4a', '#6db35a', '#ffcc33', '#3f2111'),
  biz_ngong_forge: paper('#f2b98a', '#5b616b', '#b9824b', '#8d97a3', '#ff7a1a', '#22252b'),
};
