import type { EventInventoryObject } from './object.ts';

export { admitAllCauses, type AdmitAll, type AdmitAllCause } from './admit-all.ts';
export type { Availability } from './availability.ts';
export type { ChainCheck } from '../common/chain.ts';
export type { Segment } from '../common/segment-log.ts';
export type { Entitlement } from './customers.ts';
export type { ConfirmAnswer, HoldAnswer, HoldRequest } from './holds.ts';
export type { GoodsMove, ShopHoldRequest } from './shop-holds.ts';
export type { DeviceEnrolment, DeviceRefusal, GateDevice } from './devices.ts';
export type { GateNewsPage } from './gate-news.ts';
export type { ActivatedTicket, ActivationAnswer } from './activations.ts';
export type { TransferEnd, TransferOffer, ShownTransfer } from './transfer-offers.ts';
export type { MadeOutAnew, ReissueRequest, TransferRequest } from './transfers.ts';
export type { AppliedRules } from './rules-in-force.ts';
export { listedAtOnce, type Floor, type FloorDevice, type ListedTicket } from './floor.ts';
export type { Incident } from './incidents.ts';
export type { MergeAnswer } from './merge-batch.ts';
export type { RedemptionAnswer, RedemptionRequest } from './redemptions.ts';
export type { ScanAnswer, ScanRequest } from './scans.ts';
export type { UndoAnswer, UndoRequest } from './undo.ts';
export { offerTtlMs, type WaitlistEntry, type WaitlistStatus } from './waitlist.ts';
export type { IssuedCode } from './issued-codes.ts';
export type { KeyRingNow, RotationRequest } from './key-rings.ts';
export type { GoodsReturn } from './shop-returns.ts';
export type { CodeToIssue, EventStanding, ShownTicket } from './shown-ticket.ts';

/** The binding under which a Worker reaches inventories. */
export type EventInventoryNamespace = DurableObjectNamespace<EventInventoryObject>;

/** The inventory of one event. What belongs to no single event lives under its business's id. */
export function inventoryOf(namespace: EventInventoryNamespace, eventId: string) {
  return namespace.get(namespace.idFromName(eventId));
}

/** The single answer of a batch of one. */
export function only<T>(answers: readonly T[]): T {
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) throw new Error(`Expected one answer, got ${answers.length}`);
  return answer;
}
