/**
 * Ids are a prefix and a body: `evt_…`, `ord_…`. Bodies are UUIDv7 in Crockford Base32, so ids sort by time; ticket
 * ids are eight random bytes, because they are printed in codes and must not tell when or how many were sold.
 */
import { decodeBase32, encodeBase32 } from './encoding/base32.ts';
import type { EpochMs } from './time.ts';

const body = '[0-9A-HJKMNP-TV-Z]';
const ticketShape = new RegExp(`^tkt_(${body}{13})$`);
const orderShape = new RegExp(`^ord_([a-z]{2,5}\\d{2})_${body}{26}$`);

export const ticketBytesLength = 8;

export function ticketIdOf(ticket: Uint8Array): string {
  return `tkt_${encodeBase32(ticket)}`;
}

/** The eight bytes behind a ticket id; undefined when it is none. */
export function ticketBytesOf(ticketId: string): Uint8Array | undefined {
  const match = ticketShape.exec(ticketId);
  return match?.[1] === undefined ? undefined : decodeBase32(match[1]);
}

export function orderIdOf(desk: string, unique: Uint8Array): string {
  return `ord_${desk}_${encodeBase32(unique)}`;
}

/** The desk that an order's id names, so that no directory is needed to find it. */
export function deskOf(orderId: string): string | undefined {
  return orderShape.exec(orderId)?.[1];
}

const timeBytes = 6;

/** When an order was placed: its id begins with the milliseconds (UUIDv7, RFC 9562). Undefined when it is none. */
export function placedAtMs(orderId: string): EpochMs | undefined {
  if (!orderShape.test(orderId)) return undefined;
  const bytes = decodeBase32(orderId.slice(orderId.lastIndexOf('_') + 1));
  return bytes?.subarray(0, timeBytes).reduce((atMs, byte) => atMs * 256 + byte, 0);
}

/** What people read out: the last eight digits, in two groups. They are the random end of the id. */
export function orderReference(orderId: string): string {
  return `${orderId.slice(-8, -4)}-${orderId.slice(-4)}`;
}

/**
 * A UUID that sorts by when it was made (version 7, RFC 9562), from a random one. What is stored under such keys lies side
 * by side and in order: a busy object then writes a few pages where random keys would touch one for each row.
 */
export function timedUuid(now: EpochMs, random: string): string {
  const timeHex = now.toString(16).padStart(12, '0');
  return `${timeHex.slice(0, 8)}-${timeHex.slice(8)}-7${random.slice(15)}`;
}
