import { DurableObject } from 'cloudflare:workers';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { Result } from '#shared/result.ts';
import type { ActivationRequest } from '#shared/tickets/activation.ts';
import type { RequestedMove, TicketStatus } from '#shared/tickets/status.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import type { ManifestFacts } from '#shared/gate/manifest.ts';
import type { ScanLogBatch } from '#shared/gate/scan-log.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import { AlarmClock } from '../common/alarm-clock.ts';
import { checkChain, type ChainCheck } from '../common/chain.ts';
import { CommitGroup } from '../common/commit-group.ts';
import { GroupSql } from '../common/group-sql.ts';
import { migrate } from '../common/migrate.ts';
import { OutboxBell } from '../common/outbox-bell.ts';
import { SegmentLog, type LogPage, type Segment } from '../common/segment-log.ts';
import { answerEach, batchLimit, runAll } from './batch.ts';
import { allBooks, inventoryBooks, type InventoryLookup } from './books.ts';
import type { InventoryContext } from './context.ts';
import { availabilityOf, type Availability } from './availability.ts';
import { CounterBook } from './counter-book.ts';
import { readAdmitAll, setAdmitAll, type AdmitAll, type AdmitAllCause } from './admit-all.ts';
import { grantEntitlement, type Entitlement } from './customers.ts';
import * as devices from './devices.ts';
import { activateTicket, proves, type ActivationAnswer } from './activations.ts';
import { only } from './client.ts';
import { gateNewsAfter, missedSince, type GateNewsPage } from './gate-news.ts';
import { announce, standingAnnouncement } from './announcements.ts';
import { floorNow, RecentEntries, ticketList, type Floor, type ListedTicket } from './floor.ts';
import { keepStatus } from './scanner-status.ts';
import { GateSockets, type GateDecisions } from './gate-sockets.ts';
import * as incidents from './incidents.ts';
import { mergeBatch, type MergeAnswer } from './merge-batch.ts';
import { inventoryScope } from './group-scope.ts';
import * as holds from './holds.ts';
import { keepDigest, type IssuedCode } from './issued-codes.ts';
import * as keyRings from './key-rings.ts';
import { LiveFeed, liveSnapshot } from './live.ts';
import { manifestFacts } from './manifest-facts.ts';
import { inventoryMigrations } from './migrations.ts';
import type { EventInventoryPorts } from './ports.ts';
import { applyRules, RulesInForce, type AppliedRules } from './rules-in-force.ts';
import { redeemBenefit, type RedemptionAnswer, type RedemptionRequest } from './redemptions.ts';
import { scan, type ScanAnswer, type ScanRequest } from './scans.ts';
import type { CheckedCode } from './found-ticket.ts';
import { decideShown, type Showing, type ShownDecision } from './shown-codes.ts';
import * as goods from './shop-holds.ts';
import { applyShop, ShopInForce } from './shop-in-force.ts';
import { StockBook } from './stock-book.ts';
import { showTicket, type ShownTicket } from './shown-ticket.ts';
import { findTicket, forgetHolder, moveTicket } from './tickets.ts';
import { undoScan, type UndoAnswer, type UndoRequest } from './undo.ts';
import * as waitlist from './waitlist.ts';

/** What is left of each ticket type now. */

const nonceBytes = 20;

/**
 * One event's capacity, holds, tickets and check-ins, decided by one thread and one database. This class only connects
 * storage, alarm and calls; the rules are in `shared/`, each concern's storage in the file named after it.
 */
export class EventInventoryObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: EventInventoryPorts;
  readonly #context: InventoryContext;
  readonly #rules: RulesInForce;
  readonly #group: CommitGroup<InventoryLookup>;
  readonly #alarms: AlarmClock;
  readonly #bell: OutboxBell;
  readonly #feed: LiveFeed;
  readonly #gates: GateSockets;
  readonly #recent: RecentEntries;
  /** One instant a group: a scan's verdict, its ticket and its trace agree on when it was. */
  #instantMs = 0;

  constructor(ctx: DurableObjectState, env: Env, ports: EventInventoryPorts) {
    super(ctx, env);
    migrate(ctx.storage, inventoryMigrations);
    const { sql } = ctx.storage;
    this.#ports = ports;
    this.#rules = new RulesInForce(sql);
    const now = () => this.#instantMs;
    const log = new SegmentLog<InventoryEntry>(sql, now);
    const stock = new StockBook(sql);
    const counters = new CounterBook(sql);
    const { clock, randomBytes } = ports;
    const books = inventoryBooks(sql);
    this.#context = {
      sql: new GroupSql(sql, allBooks(books)),
      books,
      log,
      stock,
      counters,
      keyRing: new keyRings.KeyRingBook(sql),
      shop: new ShopInForce(sql),
      now,
      randomBytes,
      rules: () => this.#rules.current(),
    };
    this.#recent = new RecentEntries(log);
    this.#feed = new LiveFeed(() => this.#publishLive());
    this.#gates = new GateSockets(ctx, this.#gateDecisions());
    this.#alarms = new AlarmClock(ctx, () => this.#setNextAlarm());
    this.#bell = new OutboxBell(ports.doorbell, `inventory:${ctx.id.name ?? ctx.id.toString()}`, clock, this.#alarms);
    const scope = inventoryScope(this.#context, {
      takeInstant: () => {
        this.#instantMs = clock();
      },
      forget: () => {
        this.#context.keyRing.forget();
        this.#rules.forget();
      },
      committed: (written) => this.#committed(written),
    });
    this.#group = new CommitGroup(ctx.storage, scope);
  }

  /** Opens a scanner's socket. Who it is, it proves over the socket itself. */
  override fetch(request: Request): Response {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    return this.#rulesNow() === undefined ? new Response('No such event', { status: 404 }) : this.#gates.accept();
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    return this.#gates.heard(socket, frame);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  applyRules(version: number, hash: string, document: string): Promise<Result<AppliedRules>> {
    return this.#group.run(() => applyRules(this.#context, this.#rules, { version, hash, document }));
  }

  holdMany(requests: readonly holds.HoldRequest[]): Promise<holds.HoldAnswer[]> {
    return this.#each(requests, (request) => holds.hold(this.#context, request), holds.rowsOfHold);
  }

  /** Holds and confirms, where nothing is to be paid. */
  issueMany(requests: readonly holds.HoldRequest[]): Promise<holds.ConfirmAnswer[]> {
    return this.#each(requests, (request) => holds.issue(this.#context, request), holds.rowsOfHold);
  }

  /** Of a business's own inventory. */
  applyShop(version: number, hash: string, document: string): Promise<Result<AppliedRules>> {
    return this.#group.run(() => applyShop(this.#context, { version, hash, document }));
  }

  holdGoods(requests: readonly goods.ShopHoldRequest[]): Promise<holds.HoldAnswer[]> {
    return this.#each(requests, (request) => goods.holdGoods(this.#context, request));
  }

  moveGoods(move: goods.GoodsMove, holdIds: readonly string[]): Promise<holds.HoldAnswer[]> {
    return this.#each(holdIds, (holdId) => goods.moveGoods(this.#context, move, holdId));
  }

  firmMany(holdIds: readonly string[]): Promise<holds.HoldAnswer[]> {
    return this.#each(holdIds, (holdId) => holds.firm(this.#context, holdId), holds.rowOfHold);
  }

  confirmMany(holdIds: readonly string[]): Promise<holds.ConfirmAnswer[]> {
    return this.#each(holdIds, (holdId) => holds.confirm(this.#context, holdId), holds.rowOfHold);
  }

  releaseMany(holdIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#each(holdIds, (holdId) => holds.release(this.#context, holdId), holds.rowOfHold);
  }

  scanMany(requests: readonly ScanRequest[]): Promise<ScanAnswer[]> {
    const decide = (request: ScanRequest, checked: CheckedCode) => scan(this.#context, request, checked);
    return this.#eachShown(requests, { keyOf: ({ scanId }) => scanId, decide });
  }

  undoMany(requests: readonly UndoRequest[]): Promise<UndoAnswer[]> {
    return this.#each(requests, (request) => undoScan(this.#context, request));
  }

  redeemMany(requests: readonly RedemptionRequest[]): Promise<RedemptionAnswer[]> {
    const decide = (request: RedemptionRequest, checked: CheckedCode) => redeemBenefit(this.#context, request, checked);
    return this.#eachShown(requests, { keyOf: ({ redemptionId }) => redemptionId, decide });
  }

  moveMany(moves: readonly { ticketId: string; move: RequestedMove }[]): Promise<Result<TicketStatus>[]> {
    return this.#each(moves, (request) => moveTicket(this.#context, request));
  }

  async activateTickets(requests: readonly ActivationRequest[]): Promise<ActivationAnswer[]> {
    const { isSignedBy } = this.#ports;
    const proved = await Promise.all(requests.slice(0, batchLimit).map((request) => proves(isSignedBy, request)));
    return this.#each(requests, (request, index) => activateTicket(this.#context, request, proved[index] === true));
  }

  /** Whoever issued codes says so, once for each: scans then need not verify the issuer's signature. */
  keepDigests(issued: readonly IssuedCode[]): Promise<Result<undefined>[]> {
    return this.#each(issued, (code) => keepDigest(this.#context, code));
  }

  rotateIssuerKey(request: keyRings.RotationRequest): Promise<Result<keyRings.KeyRingNow>> {
    return this.#group.run(() => keyRings.rotateKey(this.#context, request));
  }

  keyRing(): keyRings.KeyRingNow {
    return this.#context.keyRing.now(this.#ports.clock());
  }

  /** What a gate without network needs to know, as of now. Reads only. */
  manifest(): Result<ManifestFacts, 'event_not_on_sale'> {
    return manifestFacts(this.#context, this.#rulesNow() && this.#rules.version(), this.#ports.clock());
  }

  /** What gates heard of, after a number of the log. Reads only. */
  gateNews(afterSeq: number): GateNewsPage {
    return gateNewsAfter(this.#context, afterSeq);
  }

  forgetHolders(ticketIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#each(ticketIds, (ticketId) => forgetHolder(this.#context, ticketId));
  }

  grantEntitlements(entitlements: readonly Entitlement[]): Promise<Result<undefined>[]> {
    return this.#each(entitlements, (entitlement) => grantEntitlement(this.#context, entitlement));
  }

  joinWaitlist(entries: readonly waitlist.WaitlistEntry[]): Promise<Result<{ status: waitlist.WaitlistStatus }>[]> {
    return this.#each(entries, (entry) => waitlist.joinWaitlist(this.#context, entry));
  }

  leaveWaitlist(entryIds: readonly string[]): Promise<Result<undefined>[]> {
    return this.#each(entryIds, (entryId) => waitlist.leaveWaitlist(this.#context, entryId));
  }

  async setAdmitAll(order: { isOn: boolean; cause: AdmitAllCause; staffId: string }): Promise<Result<undefined>> {
    return this.#group.run(() => setAdmitAll(this.#context, order));
  }

  admitAll(): AdmitAll | undefined {
    return readAdmitAll(this.ctx.storage.sql);
  }

  enrolDevices(enrolments: readonly devices.DeviceEnrolment[]): Promise<Result<devices.GateDevice>[]> {
    return this.#each(enrolments, (enrolment) => devices.enrolDevice(this.#context, enrolment));
  }

  async revokeDevices(
    revocations: readonly { deviceId: string; staffId: string }[],
  ): Promise<Result<undefined, 'device_unknown'>[]> {
    const answers = await this.#each(revocations, (revocation) => devices.revokeDevice(this.#context, revocation));
    this.#gates.shut(new Set(revocations.map(({ deviceId }) => deviceId)));
    return answers;
  }

  /** Takes in what a scanner decided by itself; a repeat changes nothing. */
  mergeScanLog(deviceId: string, batch: ScanLogBatch): Promise<MergeAnswer> {
    const run = <Answer>(work: () => Answer) => this.#group.run(work);
    const request = { eventId: this.ctx.id.name ?? '', deviceId, batch };
    return mergeBatch(this.#context, request, { ...this.#ports, run });
  }

  /** What whoever supervises the gates looks at. Reads only. */
  floor(): Floor {
    return floorNow(this.#context, this.#recent, new Set(this.#gates.connected()), this.#ports.clock());
  }

  /** Tells every steward, now and when a scanner comes back. */
  async announce(request: Parameters<typeof announce>[1]): Promise<Result<undefined>> {
    const said = await this.#group.run(() => announce(this.#context, request));
    if (said.ok) this.#gates.say(said.value);
    return said.ok ? ok() : said;
  }

  /** For the printed list. Reads only. */
  ticketList(afterHandle: string): ListedTicket[] {
    return ticketList(this.#context, afterHandle);
  }

  closeIncident(request: Parameters<typeof incidents.closeIncident>[1]) {
    return this.#group.run(() => incidents.closeIncident(this.#context, request));
  }

  setShifts(
    shifts: readonly { deviceId: string; staffId: string | undefined }[],
  ): Promise<Result<undefined, devices.DeviceRefusal>[]> {
    return this.#each(shifts, (shift) => devices.setShift(this.#context, shift));
  }

  /** Newest first, with which of them hold an open socket. */
  devices(): (devices.GateDevice & { isConnected: boolean })[] {
    const connected = new Set(this.#gates.connected());
    return devices
      .listDevices(this.ctx.storage.sql)
      .map((device) => ({ ...device, isConnected: connected.has(device.deviceId) }));
  }

  device(deviceId: string): devices.GateDevice | undefined {
    return devices.findDevice(this.ctx.storage.sql, deviceId);
  }

  /** What is left, from the counters. Reads only; needs no turn in a group. */
  availability(): Result<Availability, 'event_not_on_sale'> {
    return availabilityOf(this.#context, { rules: this.#rulesNow(), version: this.#rules.version() });
  }

  /** The live view's numbers; asking for them also says that somebody watches. */
  live(): LiveSnapshot | undefined {
    this.#feed.watched();
    return this.#liveSnapshot();
  }

  /** What a ticket page shows, and what its code is made from. */
  showTickets(ticketIds: readonly string[]): ShownTicket[] {
    const rules = this.#rulesNow();
    if (rules === undefined) return [];
    const now = this.#ports.clock();
    const { signingKeyId: keyId } = this.#context.keyRing.now(now);
    return ticketIds.slice(0, batchLimit).flatMap((ticketId) => {
      const row = findTicket(this.#context, ticketId);
      return row === undefined ? [] : (showTicket(rules, row, { now, keyId }) ?? []);
    });
  }

  /** Log entries after a reader's cursor, oldest first; the cursor is also its acknowledgement of all before. */
  readLog(afterSeq: number): LogPage<InventoryEntry> {
    this.#bell.pulledAfter(afterSeq);
    return this.#context.log.readAfter(afterSeq);
  }

  /** The trail as it is stored, from the segment holding `fromSeq` on, at most a page of it. */
  trail(fromSeq: number): readonly Segment[] {
    return this.#context.log.segmentsFrom(fromSeq);
  }

  /** Checks the next stretch of the trail's chain. A caller goes on from the answer until nothing was checked. */
  checkTrail(from: { nextSeq: number; hash: string }): ChainCheck {
    const next = this.#context.log.segmentsFrom(from.nextSeq).filter(({ lastSeq }) => lastSeq >= from.nextSeq);
    return checkChain(next, from);
  }

  override async alarm(): Promise<void> {
    this.#alarms.rang();
    // An empty turn is enough: each group begins by letting go of what is due.
    await this.#group.run(() => undefined);
    await this.#bell.remind(this.#context.log.headSeq());
    this.#setNextAlarm();
  }

  #gateDecisions(): GateDecisions {
    const { clock, randomBytes, isSignedBy } = this.#ports;
    return {
      scan: async (request) => only(await this.scanMany([request])),
      redeem: async (request) => only(await this.redeemMany([request])),
      undo: async (request) => only(await this.undoMany([request])),
      device: (deviceId) => this.device(deviceId),
      isSignedBy,
      missedSince: (seq) => missedSince(this.#context, seq),
      now: clock,
      nonce: () => encodeBase32(randomBytes(nonceBytes)),
      areGatesOpen: () => readAdmitAll(this.ctx.storage.sql) !== undefined,
      announcement: () => standingAnnouncement(this.ctx.storage.sql, clock()),
      keepStatus: (deviceId, status) => this.#group.run(() => keepStatus(this.#context, deviceId, status)),
    };
  }

  /** For questions outside a group: as storage has them this moment. */
  #rulesNow() {
    this.#rules.forget();
    return this.#rules.current();
  }

  #liveSnapshot(): LiveSnapshot | undefined {
    const rules = this.#rulesNow();
    if (rules === undefined) return undefined;
    return liveSnapshot(rules, this.#context, this.#context.log.headSeq(), this.#ports.clock());
  }

  async #publishLive(): Promise<{ viewers: number }> {
    const snapshot = this.#liveSnapshot();
    return snapshot === undefined ? { viewers: 0 } : this.#ports.publishLive(this.ctx.id.name ?? '', snapshot);
  }

  #each<Request, Answer>(
    requests: readonly Request[],
    decide: (request: Request, index: number) => Answer,
    lookupOf?: (request: Request) => InventoryLookup,
  ): Promise<Answer[]> {
    return answerEach(requests, (all) => {
      const works = all.map((request, index) => ({ run: () => decide(request, index), lookup: lookupOf?.(request) }));
      return runAll(this.#group, works);
    });
  }

  #eachShown<Request extends Showing, Answer>(
    requests: readonly Request[],
    shown: Pick<ShownDecision<Request, Answer>, 'keyOf' | 'decide'>,
  ): Promise<Answer[]> {
    const { verifier } = this.#ports;
    const runMany: ShownDecision<Request, Answer>['runMany'] = (works) => runAll(this.#group, works);
    return answerEach(requests, (all) => decideShown(this.#context, { requests: all, ...shown, verifier, runMany }));
  }

  #committed(written: readonly LogEntry<InventoryEntry>[]): void {
    this.#setNextAlarm();
    if (written.length === 0) return;
    this.ctx.waitUntil(this.#bell.ring());
    this.#feed.changed();
    this.#gates.committed(written);
  }

  #setNextAlarm(): void {
    const expiry = holds.nextExpiryMs(this.ctx.storage.sql);
    if (expiry !== undefined) this.#alarms.ringBy(expiry);
    const goodsExpiry = this.#context.shop.isShop() ? goods.nextGoodsExpiryMs(this.ctx.storage.sql) : undefined;
    if (goodsExpiry !== undefined) this.#alarms.ringBy(goodsExpiry);
  }
}
