import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import { gateMessages, studioMessages } from './en.ts';

const words = studioMessages.trail;
const incidentWords = studioMessages.incidents;

/** An entry of the trail as a line: what happened, to what, by whom, where. Ids stay ids: the trail knows no names. */
export type TrailWords = {
  readonly what: string;
  readonly about: string;
  readonly who: string;
  readonly at: string;
};

export function trailWords(entry: LogEntry<InventoryEntry>, gateNames: ReadonlyMap<string, string>): TrailWords {
  const what = words.kinds[entry.kind];
  const who = 'staffId' in entry ? [entry.staffId, 'deviceId' in entry ? entry.deviceId : ''].join(' ') : '';
  const at = 'gateId' in entry ? (gateNames.get(entry.gateId) ?? entry.gateId) : '';
  return { what, who: who.trim(), at, about: aboutOf(entry) };
}

function aboutOf(entry: InventoryEntry): string {
  switch (entry.kind) {
    case 'scan': {
      const { outcome, reason, overrides, cause, ticketId } = entry;
      const said = `${gateMessages.outcomes[outcome]}: ${gateMessages.reasons[reason].says}`;
      const against = overrides === undefined ? '' : gateMessages.overrides(gateMessages.reasons[overrides].says);
      return spaced(said, against, cause && gateMessages.steps.causes[cause], ticketId);
    }
    case 'benefit':
      return spaced(`${entry.quantity} × ${entry.benefitId}:`, gateMessages.reasons[entry.reason].says, entry.ticketId);
    case 'scan.merged': {
      const { outcome, reason, ticketId } = entry;
      const said = outcome && reason && `${gateMessages.outcomes[outcome]}: ${gateMessages.reasons[reason].says}`;
      return spaced(said, words.merged[entry.what], ticketId);
    }
    case 'incident.opened':
      return spaced(incidentWords.kinds[entry.what].says, entry.ticketId, entry.deviceId);
    case 'stewards.told':
      return entry.announcementId;
    case 'incident.closed':
      return spaced(incidentWords.closings[entry.closing], entry.incidentId);
    case 'scan.rejected':
      return entry.code;
    case 'scan.undone':
    case 'ticket.moved':
      return spaced(entry.ticketId, entry.status);
    case 'ticket.reissued':
      return spaced(entry.ticketId, words.reissueCauses[entry.cause]);
    case 'ticket.transferred':
      return spaced(entry.ticketId, entry.fromCustomerId, '→', entry.customerId);
    case 'transfer.offered':
    case 'transfer.declined':
    case 'transfer.withdrawn':
    case 'transfer.voided':
      return spaced(entry.ticketId, entry.transferId);
    case 'ticket.issued':
      return spaced(entry.typeName, entry.ticketId);
    case 'hold.made':
    case 'hold.released':
    case 'hold.expired':
      return entry.orderId;
    case 'rules.applied':
      return String(entry.version);
    case 'gates.opened':
    case 'gates.closed':
      return gateMessages.emergency.causes[entry.cause] ?? entry.cause;
    case 'waitlist.joined':
    case 'waitlist.offered':
      return spaced(`${entry.quantity} × ${entry.typeId}`, entry.entryId);
    case 'waitlist.taken':
    case 'waitlist.lapsed':
    case 'waitlist.left':
      return entry.entryId;
    case 'device.enrolled':
    case 'device.revoked':
    case 'device.shift':
      return entry.deviceId;
    case 'key.rotated':
      return spaced(String(entry.keyId), entry.cause);
    case 'stock.stands':
      return entry.stocks.map(({ stockId, sold, capacity }) => `${stockId} ${sold}/${capacity}`).join(', ');
  }
}

function spaced(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
