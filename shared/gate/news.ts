import type { InventoryEntry, LogEntry } from '../trail/entries.ts';
import type { GateNews } from './socket-messages.ts';

/** What a log entry means to the other gates; most mean nothing to them. */
export function newsOf(entry: LogEntry<InventoryEntry>): GateNews | undefined {
  switch (entry.kind) {
    case 'scan': {
      const hasPassed = entry.ticketId !== undefined && entry.zones !== undefined;
      return hasPassed ? [entry.direction ?? 'in', entry.ticketId, entry.gateId, entry.atMs] : undefined;
    }
    case 'scan.merged': {
      const isPassage = entry.what === 'scan' && entry.isCounted && entry.ticketId !== undefined;
      return isPassage ? [entry.direction ?? 'in', entry.ticketId, entry.gateId, entry.scannedAtMs] : undefined;
    }
    case 'scan.undone':
      return ['back', entry.ticketId, entry.gateId, entry.atMs];
    case 'ticket.moved':
    case 'ticket.transferred':
    case 'ticket.reissued':
      return ['is', entry.ticketId, entry.status, entry.generation];
    case 'incident.opened':
      return ['incident', entry.incidentId, entry.what];
    case 'gates.opened':
      return ['gates', 'open'];
    case 'gates.closed':
      return ['gates', 'as_ruled'];
    case 'rules.applied':
    case 'key.rotated':
      return ['manifest', 'outdated'];
    default:
      return undefined;
  }
}

export function newsIn(entries: readonly LogEntry<InventoryEntry>[]): GateNews[] {
  return entries.flatMap((entry) => {
    const news = newsOf(entry);
    return news === undefined ? [] : [news];
  });
}
