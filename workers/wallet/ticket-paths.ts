import { pathTo } from '#workers/routes.ts';

type Which = { readonly eventId: string; readonly orderId: string; readonly ticketId: string };
export type TicketPaths = { readonly page: string; readonly activation: string; readonly barcode: string };

/** Where a ticket is: among its order's others for whoever bought it, by itself for whoever was given it. */
export function ticketPaths({ eventId, orderId, ticketId }: Which, isGiven: boolean): TicketPaths {
  if (isGiven) {
    const held = { eventId, ticketId };
    return {
      page: pathTo('ticketHeld', held),
      activation: pathTo('heldActivation', held),
      barcode: pathTo('heldBarcode', held),
    };
  }
  const own = { orderId, ticketId };
  return {
    page: pathTo('ticket', own),
    activation: pathTo('ticketActivation', own),
    barcode: pathTo('ticketBarcode', own),
  };
}
