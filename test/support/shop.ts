import type { ShopHoldRequest } from '#objects/event-inventory/client.ts';
import type { Product, Promo, ShopRules } from '#shared/inventory/shop-rules.ts';
import { dayMs, minuteMs } from '#shared/time.ts';
import { emptyInventory, type InventoryStub } from './inventory.ts';

export function product(overrides: Partial<Product> = {}): Product {
  return { id: 'tote', name: 'Tote bag', priceMinor: 1_200, stock: 10, perOrderMax: 5, ...overrides };
}

export function promo(overrides: Partial<Promo> = {}): Promo {
  const window = { from: Date.now() - dayMs, until: Date.now() + dayMs };
  const off = { kind: 'percent' as const, basisPoints: 1_000 };
  return { id: 'early', name: 'Early birds', codeDigest: 'digest', off, window, uses: 10, ...overrides };
}

export function shopRules(overrides: Partial<ShopRules> = {}): ShopRules {
  return {
    businessId: 'biz_test',
    currency: 'GBP',
    products: [product()],
    bundles: [],
    promos: [promo()],
    ...overrides,
  };
}

/** A business's inventory with rules in force, as version 1. */
export async function freshShop(overrides: Partial<ShopRules> = {}): Promise<InventoryStub> {
  const { stub } = emptyInventory();
  const applied = await stub.applyShop(1, 'hash-1', JSON.stringify(shopRules(overrides)));
  if (!applied.ok) throw new Error(`Shop refused: ${JSON.stringify(applied.failure)}`);
  return stub;
}

/** A hold of one tote bag under an id of its own, waiting ten minutes, unless told otherwise. */
export function goodsRequest(overrides: Partial<ShopHoldRequest> = {}): ShopHoldRequest {
  const holdId = overrides.holdId ?? `ord_eu00_${crypto.randomUUID()}`;
  return {
    holdId,
    orderId: holdId,
    customerId: `cus_${holdId.slice(-8)}`,
    lines: [{ stockId: 'product:tote', quantity: 1 }],
    firm: false,
    ttlMs: 10 * minuteMs,
    ...overrides,
  };
}
