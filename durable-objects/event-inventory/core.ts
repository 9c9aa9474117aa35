import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import { AlarmClock } from '../common/alarm-clock.ts';
import { CommitGroup } from '../common/commit-group.ts';
import { GroupSql } from '../common/group-sql.ts';
import { migrate } from '../common/migrate.ts';
import { OutboxBell } from '../common/outbox-bell.ts';
import { SegmentLog } from '../common/segment-log.ts';
import { answerEach, runAll } from './batch.ts';
import { allBooks, inventoryBooks, type InventoryLookup } from './books.ts';
import type { InventoryContext } from './context.ts';
import { CounterBook } from './counter-book.ts';
import { RecentEntries } from './floor.ts';
import { GateSockets, type GateDecisions } from './gate-sockets.ts';
import { inventoryScope } from './group-scope.ts';
import { nextExpiryMs } from './holds.ts';
import { KeyRingBook } from './key-rings.ts';
import { LiveFeed, liveSnapshot } from './live.ts';
import { inventoryMigrations } from './migrations.ts';
import type { EventInventoryPorts } from './ports.ts';
import { RulesInForce } from './rules-in-force.ts';
import { nextGoodsExpiryMs } from './shop-holds.ts';
import { ShopInForce } from './shop-in-force.ts';
import { decideShown, type Showing, type ShownDecision } from './shown-codes.ts';
import { StockBook } from './stock-book.ts';

/**
 * What one inventory is made of and how its parts know each other: storage, books, log, the commit group, alarm, bell, sockets.
 * The object beside it only says which calls there are.
 */
export class InventoryCore {
  readonly ctx: DurableObjectState;
  readonly ports: EventInventoryPorts;
  readonly context: InventoryContext;
  readonly rules: RulesInForce;
  readonly group: CommitGroup<InventoryLookup>;
  readonly alarms: AlarmClock;
  readonly bell: OutboxBell;
  readonly feed: LiveFeed;
  readonly gates: GateSockets;
  readonly recent: RecentEntries;
  /** One instant a group: a scan's verdict, its ticket and its trace agree on when it was. */
  #instantMs = 0;

  constructor(ctx: DurableObjectState, ports: EventInventoryPorts, decisions: GateDecisions) {
    this.ctx = ctx;
    migrate(ctx.storage, inventoryMigrations);
    const { sql } = ctx.storage;
    this.ports = ports;
    this.rules = new RulesInForce(sql);
    const now = () => this.#instantMs;
    const log = new SegmentLog<InventoryEntry>(sql, now);
    const stock = new StockBook(sql);
    const counters = new CounterBook(sql);
    const { clock, randomBytes } = ports;
    const books = inventoryBooks(sql);
    this.context = {
      sql: new GroupSql(sql, allBooks(books)),
      books,
      log,
      stock,
      counters,
      keyRing: new KeyRingBook(sql),
      shop: new ShopInForce(sql),
      now,
      randomBytes,
      rules: () => this.rules.current(),
    };
    this.recent = new RecentEntries(log);
    this.feed = new LiveFeed(() => this.#publishLive());
    this.gates = new GateSockets(ctx, decisions);
    this.alarms = new AlarmClock(ctx, () => this.setNextAlarm());
    this.bell = new OutboxBell(ports.doorbell, `inventory:${ctx.id.name ?? ctx.id.toString()}`, clock, this.alarms);
    const scope = inventoryScope(this.context, {
      takeInstant: () => {
        this.#instantMs = clock();
      },
      forget: () => {
        this.context.keyRing.forget();
        this.rules.forget();
      },
      committed: (written) => this.#committed(written),
    });
    this.group = new CommitGroup(ctx.storage, scope);
  }

  /** For questions outside a group: as storage has them this moment. */
  rulesNow() {
    this.rules.forget();
    return this.rules.current();
  }

  liveSnapshot(): LiveSnapshot | undefined {
    const rules = this.rulesNow();
    if (rules === undefined) return undefined;
    return liveSnapshot(rules, this.context, this.context.log.headSeq(), this.ports.clock());
  }

  async #publishLive(): Promise<{ viewers: number }> {
    const snapshot = this.liveSnapshot();
    return snapshot === undefined ? { viewers: 0 } : this.ports.publishLive(this.ctx.id.name ?? '', snapshot);
  }

  each<Request, Answer>(
    requests: readonly Request[],
    decide: (request: Request, index: number) => Answer,
    lookupOf?: (request: Request) => InventoryLookup,
  ): Promise<Answer[]> {
    return answerEach(requests, (all) => {
      const works = all.map((request, index) => ({ run: () => decide(request, index), lookup: lookupOf?.(request) }));
      return runAll(this.group, works);
    });
  }

  eachShown<Request extends Showing, Answer>(
    requests: readonly Request[],
    shown: Pick<ShownDecision<Request, Answer>, 'keyOf' | 'decide'>,
  ): Promise<Answer[]> {
    const { verifier } = this.ports;
    const runMany: ShownDecision<Request, Answer>['runMany'] = (works) => runAll(this.group, works);
    return answerEach(requests, (all) => decideShown(this.context, { requests: all, ...shown, verifier, runMany }));
  }

  #committed(written: readonly LogEntry<InventoryEntry>[]): void {
    this.setNextAlarm();
    if (written.length === 0) return;
    this.ctx.waitUntil(this.bell.ring());
    this.feed.changed();
    this.gates.committed(written);
  }

  setNextAlarm(): void {
    const expiry = nextExpiryMs(this.ctx.storage.sql);
    if (expiry !== undefined) this.alarms.ringBy(expiry);
    const goodsExpiry = this.context.shop.isShop() ? nextGoodsExpiryMs(this.ctx.storage.sql) : undefined;
    if (goodsExpiry !== undefined) this.alarms.ringBy(goodsExpiry);
  }
}
