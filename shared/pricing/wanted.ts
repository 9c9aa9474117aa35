import type { EventRules } from '../inventory/rules.ts';
import type { ShopRules } from '../inventory/shop-rules.ts';

/** What somebody wants to buy, in numbers and names only: what it costs is never taken from whoever asks. */
export type Wanted = {
  readonly tickets: readonly { readonly eventId: string; readonly typeId: string; readonly quantity: number }[];
  readonly products: readonly { readonly businessId: string; readonly productId: string; readonly quantity: number }[];
  readonly bundles: readonly { readonly businessId: string; readonly bundleId: string; readonly quantity: number }[];
  /** Digests of the promo codes that came along. */
  readonly codeDigests: readonly string[];
};

/** What an event sells, under rules in force. */
export type EventOffer = {
  readonly rules: EventRules;
  readonly rulesVersion: number;
  /** Whose tax office its tax is for. */
  readonly countryCode: string;
};

/** What a business sells itself, under rules in force. */
export type ShopOffer = { readonly rules: ShopRules; readonly rulesVersion: number; readonly countryCode: string };

/** Everything that is wanted has its event and its shop in here; so has the business of every code. */
export type Offers = { readonly events: readonly EventOffer[]; readonly shops: readonly ShopOffer[] };
