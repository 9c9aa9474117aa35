import type { ExhibitorDraft } from '../../shapes.ts';

export const expoExhibitors: readonly ExhibitorDraft[] = [
  ['biz_second_impression', 'Hall 1', '1-04', 'Watch this year’s Expo poster come off the drum, one colour at a time.'],
  ['biz_patchbay_row', 'Hall 1', '1-11', 'Twelve instruments on a bench. Headphones on, touch everything.'],
  ['biz_ledgerling', 'Hall 1', '1-17', 'Bring a carrier bag of receipts. We’ll do the first twenty while you wait.'],
  ['biz_roundpot', 'Hall 1', '1-18', 'Start a circle with the people in the queue, or just ask how yours compares.'],
  ['biz_adunni_pepper', 'Hall 2', '2-01', 'Hot suppers from the hatch and four sauces to argue over.'],
  ['biz_salt_lane', 'Hall 2', '2-06', 'Buns at ten, loaves at noon, crumbs by three.'],
  [
    'biz_tidewater_tea',
    'Hall 2',
    '2-09',
    'Five blends poured side by side. The smoked one is behind the counter; ask.',
  ],
  ['biz_kiln_and_copper', 'Hall 2', '2-14', 'Seconds shelf from four o’clock each day: small faults, honest prices.'],
  ['biz_loomhouse_nine', 'Hall 3', '3-02', 'A working loom, a rail of coats and a free button-and-hem repair.'],
  ['biz_marlow_reyes', 'Hall 3', '3-05', 'Have your head measured. Have your hat steamed. Keep both.'],
  ['biz_umber_and_rye', 'Hall 3', '3-10', 'Refills by weight: bring any clean tin, ours or not.'],
  ['biz_crownwell', 'Hall 3', '3-12', 'Ten-minute curl consultations, no appointment, no nonsense.'],
  [
    'biz_hollow_oak',
    'Hall 4',
    '4-03',
    'Carving all day on the chopping block. Children’s corner with soap and butter knives.',
  ],
  ['biz_little_furrow', 'Hall 4', '4-07', 'Drive a weeder down a real row of carrots. Please mind the carrots.'],
  ['biz_sunloft', 'Hall 4', '4-08', 'Give us your postcode and a sketch of your roof; take home a sum.'],
  ['biz_cartwheel', 'Hall 4', '4-15', 'Six bikes and an indoor ramp. Bring something heavy.'],
];
