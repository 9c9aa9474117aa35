/** One order as its desk's database file has it once nothing runs any more. */
export type OrderRow = {
  readonly orderId: string;
  readonly state: string;
  /** Events and shops it takes from. */
  readonly inventoryIds: readonly string[];
  /** What was paid for each ticket of a type. */
  readonly priceOf: Readonly<Record<string, number>>;
};

/** What the bank keeps of an order for us, and what it has only reserved. */
export type BankRow = { readonly orderId: string; readonly keptMinor: number; readonly isReserved: boolean };

export type MoneyStores = {
  readonly orders: readonly OrderRow[];
  readonly bank: readonly BankRow[];
  readonly tickets: readonly { readonly orderId: string; readonly typeId: string; readonly status: string }[];
};

/** States in which nothing more is under way: a buyer may be at the bank, who has not paid. */
const restStates = new Set(['held', 'firm', 'completed', 'refused', 'released', 'refunded']);

/**
 * I3, with every side read where it is true: what the bank kept of each order is what its live tickets cost. So nothing is
 * paid without tickets or money back, and nothing is issued unpaid.
 */
export function findAstray({ orders, bank, tickets }: MoneyStores): string[] {
  const keptOf = Map.groupBy(bank, ({ orderId }) => orderId);
  const ticketsOf = Map.groupBy(
    tickets.filter(({ status }) => status !== 'refunded'),
    ({ orderId }) => orderId,
  );
  const known = new Set(orders.map(({ orderId }) => orderId));
  const unknown = [...keptOf.keys()].filter((orderId) => !known.has(orderId));
  return [
    ...unknown.map((orderId) => `the bank was asked for ${orderId}, which no desk knows`),
    ...orders.flatMap(({ orderId, state, priceOf }) => {
      const payments = keptOf.get(orderId) ?? [];
      const keptMinor = sum(payments.map((payment) => payment.keptMinor));
      const liveMinor = sum((ticketsOf.get(orderId) ?? []).map(({ typeId }) => priceOf[typeId] ?? 0));
      if (keptMinor !== liveMinor) return [`${orderId} is ${state}: ${keptMinor} kept for tickets worth ${liveMinor}`];
      if (payments.some(({ isReserved }) => isReserved)) return [`${orderId} is ${state}: money stays reserved`];
      return restStates.has(state) ? [] : [`${orderId} never came to rest: ${state}`];
    }),
  ];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
