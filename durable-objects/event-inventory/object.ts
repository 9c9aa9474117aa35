import { DurableObject } from 'cloudflare:workers';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { ok, type Result } from '#shared/result.ts';
import type { ActivationRequest } from '#shared/tickets/activation.ts';
import type { RequestedMove, TicketStatus } from '#shared/tickets/status.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import type { ManifestFacts } from '#shared/gate/manifest.ts';
import type { ScanLogBatch } from '#shared/gate/scan-log.ts';
import type { InventoryEntry } from '#shared/trail/entries.ts';
import { checkChain, type ChainCheck } from '../common/chain.ts';
import type { LogPage, Segment } from '../common/segment-log.ts';
import { batchLimit } from './batch.ts';
import { availabilityOf, type Availability } from './availability.ts';
import { readAdmitAll, setAdmitAll, type AdmitAll, type AdmitAllCause } from './admit-all.ts';
import { grantEntitlement, type Entitlement } from './customers.ts';
import { standInDispute, type DisputeMove } from './disputed-tickets.ts';
import * as devices from './devices.ts';
import { activateTicket, proves, type ActivationAnswer } from './activations.ts';
import { only } from './client.ts';
import { InventoryCore } from './core.ts';
import { gateNewsAfter, missedSince, type GateNewsPage } from './gate-news.ts';
import { announce, standingAnnouncement } from './announcements.ts';
import { floorNow, ticketList, type Floor, type ListedTicket } from './floor.ts';
import { keepStatus } from './scanner-status.ts';
import type { GateDecisions } from './gate-sockets.ts';
import * as incidents from './incidents.ts';
import { mergeBatch, type MergeAnswer } from './merge-batch.ts';
import * as offers from './transfer-offers.ts';
import * as holds from './holds.ts';
import { keepDigest, type IssuedCode } from './issued-codes.ts';
import * as keyRings from './key-rings.ts';
import { manifestFacts } from './manifest-facts.ts';
import type { EventInventoryPorts } from './ports.ts';
import { applyRules, type AppliedRules } from './rules-in-force.ts';
import { redeemBenefit, type RedemptionAnswer, type RedemptionRequest } from './redemptions.ts';
import { scan, type ScanAnswer, type ScanRequest } from './scans.ts';
import type { CheckedCode } from './found-ticket.ts';
import * as goods from './shop-holds.ts';
import { applyShop } from './shop-in-force.ts';
import { takeBackGoods, type GoodsReturn } from './shop-returns.ts';
import { showTicket, type ShownTicket } from './shown-ticket.ts';
import { moveTicket, revokeTickets } from './ticket-status.ts';
import { findTicket, forgetHolder } from './tickets.ts';
import {
  reissueTicket,
  transferTicket,
  type MadeOutAnew,
  type ReissueRequest,
  type TransferRequest,
} from './transfers.ts';
import { undoScan, type UndoAnswer, type UndoRequest } from './undo.ts';
import * as waitlist from './waitlist.ts';

const nonceBytes = 20;

/**
 * One event's capacity, holds, tickets and check-ins, decided by one thread and one database. This class only connects
 * storage, alarm and calls; the rules are in `shared/`, each concern's storage in the file named after it.
 */
export class EventInventoryObject<Env = unknown> extends DurableObject<Env> {
  readonly #core: InventoryCore;

  constructor(ctx: DurableObjectState, env: Env, ports: EventInventoryPorts) {
    super(ctx, env);
    this.#core = new InventoryCore(ctx, ports, this.#gateDecisions(ports));
  }

  /** Opens a scanner's socket. Who it is, it proves over the socket itself. */
  override fetch(request: Request): Response {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    return this.#core.rulesNow() === undefined
      ? new Response('No such event', { status: 404 })
      : this.#core.gates.accept();
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    return this.#core.gates.heard(socket, frame);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  applyRules(version: number, hash: string, document: string): Promise<Result<AppliedRules>> {
    return this.#core.group.run(() => applyRules(this.#core.context, this.#core.rules, { version, hash, document }));
  }

  holdMany(requests: readonly holds.HoldRequest[]): Promise<holds.HoldAnswer[]> {
    return this.#core.each(requests, (request) => holds.hold(this.#core.context, request), holds.rowsOfHold);
  }

  /** Holds and confirms, where nothing is to be paid. */
  issueMany(requests: readonly holds.HoldRequest[]): Promise<holds.ConfirmAnswer[]> {
    return this.#core.each(requests, (request) => holds.issue(this.#core.context, request), holds.rowsOfHold);
  }

  /** Of a business's own inventory. */
  applyShop(version: number, hash: string, document: string): Promise<Result<AppliedRules>> {
    return this.#core.group.run(() => applyShop(this.#core.context, { version, hash, document }));
  }

  holdGoods(requests: readonly goods.ShopHoldRequest[]): Promise<holds.HoldAnswer[]> {
    return this.#core.each(requests, (request) => goods.holdGoods(this.#core.context, request));
  }

  moveGoods(move: goods.GoodsMove, holdIds: readonly string[]): Promise<holds.HoldAnswer[]> {
    return this.#core.each(holdIds, (holdId) => goods.moveGoods(this.#core.context, move, holdId));
  }

  /** What a refund gives back of a business's own. */
  takeBackGoods(request: GoodsReturn): Promise<Result<undefined>> {
    return this.#core.group.run(() => takeBackGoods(this.#core.context, request));
  }

  firmMany(holdIds: readonly string[]): Promise<holds.HoldAnswer[]> {
    return this.#core.each(holdIds, (holdId) => holds.firm(this.#core.context, holdId), holds.rowOfHold);
  }

  confirmMany(holdIds: readonly string[]): Promise<holds.ConfirmAnswer[]> {
    return this.#core.each(holdIds, (holdId) => holds.confirm(this.#core.context, holdId), holds.rowOfHold);
  }

  releaseMany(holdIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#core.each(holdIds, (holdId) => holds.release(this.#core.context, holdId), holds.rowOfHold);
  }

  scanMany(requests: readonly ScanRequest[]): Promise<ScanAnswer[]> {
    const decide = (request: ScanRequest, checked: CheckedCode) => scan(this.#core.context, request, checked);
    return this.#core.eachShown(requests, { keyOf: ({ scanId }) => scanId, decide });
  }

  undoMany(requests: readonly UndoRequest[]): Promise<UndoAnswer[]> {
    return this.#core.each(requests, (request) => undoScan(this.#core.context, request));
  }

  redeemMany(requests: readonly RedemptionRequest[]): Promise<RedemptionAnswer[]> {
    const decide = (request: RedemptionRequest, checked: CheckedCode) =>
      redeemBenefit(this.#core.context, request, checked);
    return this.#core.eachShown(requests, { keyOf: ({ redemptionId }) => redemptionId, decide });
  }

  moveMany(moves: readonly { ticketId: string; move: RequestedMove }[]): Promise<Result<TicketStatus>[]> {
    return this.#core.each(moves, (request) => moveTicket(this.#core.context, request));
  }

  revokeTickets(request: { ticketIds: readonly string[]; isUnusedOnly: boolean }): Promise<Result<undefined>> {
    return this.#core.group.run(() => revokeTickets(this.#core.context, request));
  }

  standInDispute(move: DisputeMove): Promise<void> {
    return this.#core.group.run(() => standInDispute(this.#core.context, move));
  }

  offerTickets(wanted: readonly offers.TransferOffer[]): Promise<Result<{ readonly endsAtMs: number }>[]> {
    return this.#core.each(wanted, (offer) => offers.offerTicket(this.#core.context, offer));
  }

  endOffers(ends: readonly offers.TransferEnd[]): Promise<Result<undefined>[]> {
    return this.#core.each(ends, (end) => offers.endOffer(this.#core.context, end));
  }

  /** Each accepts an offer: its id is the transfer's. */
  transferTickets(requests: readonly TransferRequest[]): Promise<Result<MadeOutAnew>[]> {
    return this.#core.each(requests, (request) => transferTicket(this.#core.context, request));
  }

  reissueTickets(requests: readonly ReissueRequest[]): Promise<Result<MadeOutAnew>[]> {
    return this.#core.each(requests, (request) => reissueTicket(this.#core.context, request));
  }

  transfer(transferId: string): offers.ShownTransfer | undefined {
    this.#core.rulesNow();
    return offers.showTransfer(this.#core.context, transferId, this.#core.ports.clock());
  }

  async activateTickets(requests: readonly ActivationRequest[]): Promise<ActivationAnswer[]> {
    const { isSignedBy } = this.#core.ports;
    const proved = await Promise.all(requests.slice(0, batchLimit).map((request) => proves(isSignedBy, request)));
    return this.#core.each(requests, (request, index) =>
      activateTicket(this.#core.context, request, proved[index] === true),
    );
  }

  /** Whoever issued codes says so, once for each: scans then need not verify the issuer's signature. */
  keepDigests(issued: readonly IssuedCode[]): Promise<Result<undefined>[]> {
    return this.#core.each(issued, (code) => keepDigest(this.#core.context, code));
  }

  rotateIssuerKey(request: keyRings.RotationRequest): Promise<Result<keyRings.KeyRingNow>> {
    return this.#core.group.run(() => keyRings.rotateKey(this.#core.context, request));
  }

  keyRing(): keyRings.KeyRingNow {
    return this.#core.context.keyRing.now(this.#core.ports.clock());
  }

  /** What a gate without network needs to know, as of now. Reads only. */
  manifest(): Result<ManifestFacts, 'event_not_on_sale'> {
    return manifestFacts(
      this.#core.context,
      this.#core.rulesNow() && this.#core.rules.version(),
      this.#core.ports.clock(),
    );
  }

  /** What gates heard of, after a number of the log. Reads only. */
  gateNews(afterSeq: number): GateNewsPage {
    return gateNewsAfter(this.#core.context, afterSeq);
  }

  forgetHolders(ticketIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#core.each(ticketIds, (ticketId) => forgetHolder(this.#core.context, ticketId));
  }

  grantEntitlements(entitlements: readonly Entitlement[]): Promise<Result<undefined>[]> {
    return this.#core.each(entitlements, (entitlement) => grantEntitlement(this.#core.context, entitlement));
  }

  joinWaitlist(entries: readonly waitlist.WaitlistEntry[]): Promise<Result<{ status: waitlist.WaitlistStatus }>[]> {
    return this.#core.each(entries, (entry) => waitlist.joinWaitlist(this.#core.context, entry));
  }

  leaveWaitlist(entryIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#core.each(entryIds, (entryId) => waitlist.leaveWaitlist(this.#core.context, entryId));
  }

  async setAdmitAll(order: { isOn: boolean; cause: AdmitAllCause; staffId: string }): Promise<Result<undefined>> {
    return this.#core.group.run(() => setAdmitAll(this.#core.context, order));
  }

  admitAll(): AdmitAll | undefined {
    return readAdmitAll(this.ctx.storage.sql);
  }

  enrolDevices(enrolments: readonly devices.DeviceEnrolment[]): Promise<Result<devices.GateDevice>[]> {
    return this.#core.each(enrolments, (enrolment) => devices.enrolDevice(this.#core.context, enrolment));
  }

  async revokeDevices(
    revocations: readonly { deviceId: string; staffId: string }[],
  ): Promise<Result<undefined, 'device_unknown'>[]> {
    const answers = await this.#core.each(revocations, (revocation) =>
      devices.revokeDevice(this.#core.context, revocation),
    );
    this.#core.gates.shut(new Set(revocations.map(({ deviceId }) => deviceId)));
    return answers;
  }

  /** Takes in what a scanner decided by itself; a repeat changes nothing. */
  mergeScanLog(deviceId: string, batch: ScanLogBatch): Promise<MergeAnswer> {
    const run = <Answer>(work: () => Answer) => this.#core.group.run(work);
    const request = { eventId: this.ctx.id.name ?? '', deviceId, batch };
    return mergeBatch(this.#core.context, request, { ...this.#core.ports, run });
  }

  /** What whoever supervises the gates looks at. Reads only. */
  floor(): Floor {
    return floorNow(
      this.#core.context,
      this.#core.recent,
      new Set(this.#core.gates.connected()),
      this.#core.ports.clock(),
    );
  }

  /** Tells every steward, now and when a scanner comes back. */
  async announce(request: Parameters<typeof announce>[1]): Promise<Result<undefined>> {
    const said = await this.#core.group.run(() => announce(this.#core.context, request));
    if (said.ok) this.#core.gates.say(said.value);
    return said.ok ? ok() : said;
  }

  /** For the printed list. Reads only. */
  ticketList(afterHandle: string): ListedTicket[] {
    return ticketList(this.#core.context, afterHandle);
  }

  closeIncident(request: Parameters<typeof incidents.closeIncident>[1]) {
    return this.#core.group.run(() => incidents.closeIncident(this.#core.context, request));
  }

  setShifts(
    shifts: readonly { deviceId: string; staffId: string | undefined }[],
  ): Promise<Result<undefined, devices.DeviceRefusal>[]> {
    return this.#core.each(shifts, (shift) => devices.setShift(this.#core.context, shift));
  }

  /** Newest first, with which of them hold an open socket. */
  devices(): (devices.GateDevice & { isConnected: boolean })[] {
    const connected = new Set(this.#core.gates.connected());
    return devices
      .listDevices(this.ctx.storage.sql)
      .map((device) => ({ ...device, isConnected: connected.has(device.deviceId) }));
  }

  device(deviceId: string): devices.GateDevice | undefined {
    return devices.findDevice(this.ctx.storage.sql, deviceId);
  }

  /** What is left, from the counters. Reads only; needs no turn in a group. */
  availability(): Result<Availability, 'event_not_on_sale'> {
    return availabilityOf(this.#core.context, { rules: this.#core.rulesNow(), version: this.#core.rules.version() });
  }

  /** The live view's numbers; asking for them also says that somebody watches. */
  live(): LiveSnapshot | undefined {
    this.#core.feed.watched();
    return this.#core.liveSnapshot();
  }

  /** What a ticket page shows, and what its code is made from. */
  showTickets(ticketIds: readonly string[]): ShownTicket[] {
    const rules = this.#core.rulesNow();
    if (rules === undefined) return [];
    const now = this.#core.ports.clock();
    const { signingKeyId: keyId } = this.#core.context.keyRing.now(now);
    return ticketIds.slice(0, batchLimit).flatMap((ticketId) => {
      const row = findTicket(this.#core.context, ticketId);
      if (row === undefined) return [];
      const transfer = offers.openTransfer(this.#core.context.sql, ticketId, now);
      return showTicket(rules, row, { now, keyId, transfer }) ?? [];
    });
  }

  /** Log entries after a reader's cursor, oldest first; the cursor is also its acknowledgement of all before. */
  readLog(afterSeq: number): LogPage<InventoryEntry> {
    this.#core.bell.pulledAfter(afterSeq);
    return this.#core.context.log.readAfter(afterSeq);
  }

  /** The trail as it is stored, from the segment holding `fromSeq` on, at most a page of it. */
  trail(fromSeq: number): readonly Segment[] {
    return this.#core.context.log.segmentsFrom(fromSeq);
  }

  /** Checks the next stretch of the trail's chain. A caller goes on from the answer until nothing was checked. */
  checkTrail(from: { nextSeq: number; hash: string }): ChainCheck {
    const next = this.#core.context.log.segmentsFrom(from.nextSeq).filter(({ lastSeq }) => lastSeq >= from.nextSeq);
    return checkChain(next, from);
  }

  override async alarm(): Promise<void> {
    this.#core.alarms.rang();
    // An empty turn is enough: each group begins by letting go of what is due.
    await this.#core.group.run(() => undefined);
    await this.#core.bell.remind(this.#core.context.log.headSeq());
    this.#core.setNextAlarm();
  }

  #gateDecisions({ clock, randomBytes, isSignedBy }: EventInventoryPorts): GateDecisions {
    return {
      scan: async (request) => only(await this.scanMany([request])),
      redeem: async (request) => only(await this.redeemMany([request])),
      undo: async (request) => only(await this.undoMany([request])),
      device: (deviceId) => this.device(deviceId),
      isSignedBy,
      missedSince: (seq) => missedSince(this.#core.context, seq),
      now: clock,
      nonce: () => encodeBase32(randomBytes(nonceBytes)),
      areGatesOpen: () => readAdmitAll(this.ctx.storage.sql) !== undefined,
      announcement: () => standingAnnouncement(this.ctx.storage.sql, clock()),
      keepStatus: (deviceId, status) => this.#core.group.run(() => keepStatus(this.#core.context, deviceId, status)),
    };
  }
}
