import type { Bundle, Promo } from '#shared/inventory/shop-rules.ts';

export type PromoDraft = Omit<Promo, 'codeDigest' | 'window'> & {
  /** As it is printed. */
  readonly code: string;
  /** Its time was last season: for seeing what is said then. */
  readonly isOver?: boolean;
};

export type ShopDraft = {
  readonly businessId: string;
  readonly shelf: readonly (readonly [productId: string, stock: number, perOrderMax: number])[];
  readonly bundles: readonly Bundle[];
  readonly promos: readonly PromoDraft[];
};

/** Prices of bundles are what they cost together; what each part costs alone stands with the tickets and products. */
export const shopDrafts: readonly ShopDraft[] = [
  {
    businessId: 'biz_247gbs',
    shelf: [
      ['prd_expo_tote', 600, 6],
      ['prd_expo_harbour_table', 250, 4],
      ['prd_expo_tasting_flight', 400, 8],
      ['prd_expo_catalogue', 900, 4],
      ['prd_expo_drinks', 2_000, 10],
    ],
    bundles: [
      {
        id: 'makers-day-out',
        name: 'Makers’ day out',
        eventId: 'evt_expo',
        tickets: [{ typeId: 'any-two-days', quantity: 1 }],
        products: [
          { productId: 'prd_expo_tote', quantity: 1 },
          { productId: 'prd_expo_tasting_flight', quantity: 1 },
        ],
        priceMinor: 3_400,
      },
    ],
    promos: [
      {
        id: 'harbour-ten',
        name: 'Harbour 10%',
        code: 'HARBOUR10',
        off: { kind: 'percent', basisPoints: 1_000 },
        eventId: 'evt_expo',
      },
      {
        id: 'makers-five',
        name: 'Makers’ five pounds',
        code: 'MAKERS5',
        off: { kind: 'fixed', amountMinor: 500 },
        minSpendMinor: 4_000,
        uses: 200,
        perCustomerMax: 1,
      },
      {
        id: 'spring',
        name: 'Spring 20%',
        code: 'SPRING20',
        off: { kind: 'percent', basisPoints: 2_000 },
        isOver: true,
      },
    ],
  },
  {
    businessId: 'biz_common_thread',
    shelf: [
      ['prd_open_days_patch', 400, 10],
      ['prd_open_days_mending_guide', 5_000, 2],
      ['prd_open_days_tea', 1_500, 10],
    ],
    bundles: [
      {
        id: 'keep-it-lit-kit',
        name: 'Keep it lit, with a patch',
        eventId: 'evt_open_days',
        tickets: [{ typeId: 'keep-it-lit', quantity: 1 }],
        products: [
          { productId: 'prd_open_days_patch', quantity: 1 },
          { productId: 'prd_open_days_tea', quantity: 1 },
        ],
        priceMinor: 1_150,
      },
    ],
    promos: [
      {
        id: 'kettle',
        name: 'Kettle club',
        code: 'KETTLE',
        off: { kind: 'percent', basisPoints: 2_000 },
        productIds: ['prd_open_days_patch', 'prd_open_days_mending_guide', 'prd_open_days_tea'],
      },
    ],
  },
  {
    businessId: 'biz_lagoon_line',
    shelf: [
      ['prd_ferry_drink_token', 3_000, 12],
      ['prd_ferry_small_chops', 120, 4],
      ['prd_ferry_crossing_print', 200, 3],
      ['prd_ferry_live_recording', 5_000, 2],
    ],
    bundles: [
      {
        id: 'balcony-for-two',
        name: 'Balcony for two',
        eventId: 'evt_night_ferry',
        tickets: [{ typeId: 'balcony', quantity: 2 }],
        products: [{ productId: 'prd_ferry_drink_token', quantity: 4 }],
        priceMinor: 7_800_000,
      },
    ],
    promos: [
      {
        id: 'first-boat',
        name: 'First boat 15%',
        code: 'FIRSTBOAT',
        off: { kind: 'percent', basisPoints: 1_500 },
        typeIds: ['balcony', 'backstage'],
        uses: 50,
        perCustomerMax: 2,
      },
    ],
  },
  {
    businessId: 'biz_oforiwaa',
    shelf: [
      ['prd_asaase_market_bag', 180, 4],
      ['prd_asaase_soup_book', 150, 4],
      ['prd_asaase_tasting_tokens', 900, 8],
    ],
    bundles: [],
    promos: [
      {
        id: 'akwaaba',
        name: 'Akwaaba',
        code: 'AKWAABA',
        off: { kind: 'fixed', amountMinor: 2_000 },
        minSpendMinor: 15_000,
      },
    ],
  },
  {
    businessId: 'biz_riftworks',
    shelf: [
      ['prd_shamba_seed_box', 140, 4],
      ['prd_shamba_field_notes', 5_000, 2],
      ['prd_shamba_bench_day', 60, 3],
    ],
    bundles: [
      {
        id: 'growers-start',
        name: 'Grower’s start',
        eventId: 'evt_shamba_spark',
        tickets: [{ typeId: 'growers-ticket', quantity: 1 }],
        products: [{ productId: 'prd_shamba_seed_box', quantity: 1 }],
        priceMinor: 360_000,
      },
    ],
    promos: [
      {
        id: 'shamba-ten',
        name: 'Shamba 10%',
        code: 'SHAMBA10',
        off: { kind: 'percent', basisPoints: 1_000 },
        eventId: 'evt_shamba_spark',
        uses: 300,
      },
    ],
  },
];
