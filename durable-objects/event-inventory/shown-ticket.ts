import { gatesFor, windowsOf } from '#shared/admission/admit.ts';
import { ticketBytesOf } from '#shared/ids.ts';
import { ticketTypeOf, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import type { TicketGrants, TicketHeader } from '#shared/tickets/code.ts';
import { currentKeyId } from '#shared/tickets/keys.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { EpochMs } from '#shared/time.ts';
import { grantsOf, type TicketRow } from './tickets.ts';

/** A ticket as its holder sees it, with what its code is made from; undefined code when the status forbids showing one. */
export type ShownTicket = {
  readonly ticketId: string;
  readonly orderId: string;
  readonly type: TicketType;
  readonly status: TicketStatus;
  readonly zones: readonly string[];
  readonly gates: readonly string[];
  readonly windows: readonly { from: EpochMs; until: EpochMs }[];
  readonly admitted: number;
  readonly handle: string;
  readonly code: { readonly header: TicketHeader; readonly grants: TicketGrants } | undefined;
};

export function showTicket(rules: EventRules, row: TicketRow, now: EpochMs): ShownTicket | undefined {
  const type = ticketTypeOf(rules, row.typeId);
  const ticket = ticketBytesOf(row.ticketId);
  if (type === undefined || ticket === undefined) return undefined;
  const windows = windowsOf(type.validity, row.firstEntryAtMs ?? undefined);
  const status = shownStatus(row, windows, now);
  const header = { keyId: currentKeyId, eventNumber: rules.eventNumber, ticket, generation: row.generation };
  return {
    ticketId: row.ticketId,
    orderId: row.orderId,
    type,
    status,
    zones: rules.zones.filter((zone) => type.zones.includes(zone.id)).map((zone) => zone.name),
    gates: gatesFor(rules, type),
    windows,
    admitted: row.entries,
    handle: row.handle,
    code: status === 'active' || status === 'redeemed' ? { header, grants: grantsOf(row) } : undefined,
  };
}

/** Expired is what an active ticket looks like once its last window has closed. */
function shownStatus(row: TicketRow, windows: readonly { until: EpochMs }[], now: EpochMs): TicketStatus {
  const isOver = windows.every(({ until }) => until <= now);
  return row.status === 'active' && isOver ? 'expired' : row.status;
}
