import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Segment } from '#objects/common/segment-log.ts';
import type { Payment } from '#workers/local/bank/payment.ts';
import type { InventoryStore } from './audit.ts';
import type { BankRow, OrderRow } from './money.ts';

export type Stores = {
  readonly inventories: readonly InventoryStore[];
  /** Logs of the other objects. */
  readonly chains: readonly (readonly Segment[])[];
  /** Of all desks. */
  readonly orders: readonly OrderRow[];
  readonly bank: readonly BankRow[];
};

const segments = `SELECT first_seq AS firstSeq, last_seq AS lastSeq, previous_hash AS previousHash, entries, hash
  FROM log_segments ORDER BY first_seq`;

/** Every object's database file in a folder nobody serves any more, read without the code that wrote it. */
export function readStores(dataDir: string): Stores {
  const inventories: InventoryStore[] = [];
  const chains: Segment[][] = [];
  const orders: OrderRow[] = [];
  const bank: BankRow[] = [];
  for (const path of globSync('**/*.sqlite', { cwd: dataDir })) {
    const db = new DatabaseSync(join(dataDir, path));
    try {
      const all = <Row>(sql: string) => db.prepare(sql).all() as Row[];
      const tables = new Set(all<{ name: string }>('SELECT name FROM sqlite_master').map(({ name }) => name));
      if (tables.has('payments')) bank.push(...all<{ payment: string }>('SELECT payment FROM payments').map(bankRow));
      if (tables.has('gateway_events')) orders.push(...all<DeskRow>(deskRows).map(orderRow));
      if (!tables.has('log_segments')) continue;
      if (!tables.has('stock')) chains.push(all<Segment>(segments));
      else {
        inventories.push({
          stock: all('SELECT stock_id AS stockId, capacity, held, sold FROM stock'),
          holds: all('SELECT hold_id AS holdId, status, lines FROM holds'),
          tickets: all('SELECT ticket_id AS ticketId, order_id AS orderId, type_id AS typeId, status FROM tickets'),
          segments: all<Segment>(segments),
        });
      }
    } finally {
      db.close();
    }
  }
  return { inventories, chains, orders, bank };
}

type DeskRow = { orderId: string; state: string; snapshot: string };
const deskRows = 'SELECT order_id AS orderId, state, snapshot FROM orders';

function orderRow({ orderId, state, snapshot }: DeskRow): OrderRow {
  const { sections } = JSON.parse(snapshot) as { sections: { inventoryId: string; lines: PricedLine[] }[] };
  const lines = sections.flatMap((section) => section.lines);
  const prices = lines.map(({ itemId, quantity, totalMinor }) => [itemId, totalMinor / quantity] as const);
  const inventoryIds = sections.map(({ inventoryId }) => inventoryId);
  return { orderId, state, inventoryIds, priceOf: Object.fromEntries(prices) };
}

type PricedLine = { itemId: string; quantity: number; totalMinor: number };

function bankRow({ payment }: { payment: string }): BankRow {
  const { terms, intent } = JSON.parse(payment) as Payment;
  const isKept = intent?.status === 'succeeded';
  const keptMinor = isKept ? terms.amountMinor - (intent.charge?.refundedMinor ?? 0) : 0;
  const isReserved = intent?.status === 'requires_capture';
  return { orderId: terms.metadata['orderId'] ?? '', keptMinor, isReserved };
}
