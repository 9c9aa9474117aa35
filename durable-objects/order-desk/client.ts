import { deskOf } from '#shared/ids.ts';
import type { OrderDeskObject } from './object.ts';

export type { PlaceRequest } from './object.ts';

/** The binding under which a Worker reaches desks. */
export type OrderDeskNamespace = DurableObjectNamespace<OrderDeskObject>;

/** Desks a region has: enough that group commit, not one thread, is the limit; few enough to stay busy. */
export const desksPerRegion = 16;

export function deskNamed(namespace: OrderDeskNamespace, desk: string) {
  return namespace.get(namespace.idFromName(desk));
}

/** The desk an order's id names; undefined when the id is not an order's. */
export function deskOfOrder(namespace: OrderDeskNamespace, orderId: string) {
  const desk = deskOf(orderId);
  return desk === undefined ? undefined : deskNamed(namespace, desk);
}
