import { database } from '#d1/database.ts';
import { inventoryOf, type EventInventoryNamespace } from '#objects/event-inventory/client.ts';
import { deskNamed, type OrderDeskNamespace } from '#objects/order-desk/client.ts';
import type { LocalServer } from '#scripts/local-server.ts';
import type { Reader } from '#workers/operations/log-sources.ts';

/** The objects and the database of a local server, reached from outside. Sends no messages and tells no wallets: that was done long ago. */
export async function localReader({ mf }: Pick<LocalServer, 'mf'>): Promise<Reader> {
  const inventories = (await mf.getDurableObjectNamespace('EVENT_INVENTORY')) as unknown as EventInventoryNamespace;
  const desks = (await mf.getDurableObjectNamespace('ORDER_DESK')) as unknown as OrderDeskNamespace;
  return {
    db: database(await mf.getD1Database('DB')),
    inventory: (eventId) => inventoryOf(inventories, eventId),
    desk: (name) => deskNamed(desks, name),
    clock: Date.now,
    queueMessage: () => Promise.resolve(),
    tellWallets: () => Promise.resolve(),
  };
}
