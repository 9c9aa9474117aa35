import { benefitsLeft, gatesFor } from '#shared/admission/describe.ts';
import { statusOf, windowsOf } from '#shared/admission/uses.ts';
import { ticketBytesOf } from '#shared/ids.ts';
import { ticketTypeOf, type EventRules, type TicketType } from '#shared/inventory/rules.ts';
import type { TicketGrants, TicketHeader } from '#shared/tickets/code.ts';
import { currentKeyId } from '#shared/tickets/keys.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { EpochMs } from '#shared/time.ts';
import { factsOf, grantsOf, type TicketRow } from './tickets.ts';

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
  /** What counters can still hand out on it. */
  readonly benefitsLeft: readonly { id: string; name: string; left: number }[];
  readonly handle: string;
  readonly code: { readonly header: TicketHeader; readonly grants: TicketGrants } | undefined;
};

export function showTicket(rules: EventRules, row: TicketRow, now: EpochMs): ShownTicket | undefined {
  const type = ticketTypeOf(rules, row.typeId);
  const ticket = ticketBytesOf(row.ticketId);
  if (type === undefined || ticket === undefined) return undefined;
  const facts = factsOf(rules, row);
  const windows = windowsOf(type.validity, facts.firstEntryAtMs);
  const status = statusOf(rules, facts, now);
  const header = { keyId: currentKeyId, eventNumber: rules.eventNumber, ticket, generation: row.generation };
  return {
    ticketId: row.ticketId,
    orderId: row.orderId,
    type,
    status,
    zones: rules.zones.filter((zone) => type.zones.includes(zone.id)).map((zone) => zone.name),
    gates: gatesFor(rules, type.zones),
    windows,
    admitted: row.entries,
    benefitsLeft: benefitsLeft(type, facts),
    handle: row.handle,
    code: status === 'active' || status === 'redeemed' ? { header, grants: grantsOf(row) } : undefined,
  };
}
