import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { EventInventoryObject } from '#objects/event-inventory/object.ts';
import type { EventInventoryPorts } from '#objects/event-inventory/ports.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import { environment } from '#test/support/environment.ts';
import { emptyInventory, type InventoryStub } from '#test/support/inventory.ts';
import { start } from './document.ts';

/** Bytes a stand-in issuer signs with: what is authentic is a port's to say, and this port is quick. */
export const authentic = 1;

/**
 * The whole object in the real runtime, over real storage. Time and failures are the test's: the clock stands until it is
 * moved, and machines break when told to.
 */
export class Machine {
  readonly #stub: InventoryStub;
  #inventory: EventInventoryObject | undefined;
  #state: DurableObjectState | undefined;
  now = start;
  /** Ticket ids drawn so far in this call, and at which one to break. */
  #drawn = 0;
  #breaksAt = 0;
  isClockBroken = false;
  isToLeave = false;
  /** Where the last look at the trail stopped. */
  checked = { nextSeq: 1, hash: '' };
  /** Grants by ticket and zone that no override explains, told from the trail alone. */
  readonly grants = new Map<string, number>();
  readonly grantOf = new Map<string, string[]>();

  constructor() {
    this.#stub = emptyInventory().stub;
  }

  /** Does many steps in the object's own I/O context: entering it for each would take most of a run's time. */
  stay<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return runInDurableObject(this.#stub, (_instance, state) => {
      this.#state = state;
      return work();
    });
  }

  /** Uses the same object until it is evicted or restarted. Only while staying. */
  async inside<Answer>(
    use: (inventory: EventInventoryObject, state: DurableObjectState) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    if (this.#state === undefined) throw new Error('Stay in the object first');
    this.#inventory ??= new EventInventoryObject(this.#state, environment, this.#ports());
    return use(this.#inventory, this.#state);
  }

  /** A new object over the same storage, as after a crash whose answers had all left. */
  restart(): void {
    this.#inventory = undefined;
  }

  /** Asks for an eviction, which cannot be while staying: it comes before the next step. */
  leave(): void {
    this.isToLeave = true;
  }

  /** The runtime forgets the object. */
  async evict(): Promise<void> {
    await evictDurableObject(this.#stub);
    this.#inventory = undefined;
    this.#state = undefined;
    this.isToLeave = false;
  }

  /** From here on the `n`th ticket id of a call cannot be drawn; nought for never. */
  breakAtTicket(n: number): void {
    this.#drawn = 0;
    this.#breaksAt = n;
  }

  /** Entries since the last look, with the grants they add up to. */
  readTrail(inventory: EventInventoryObject): LogEntry<InventoryEntry>[] {
    const { entries } = inventory.readLog(this.checked.nextSeq - 1);
    for (const entry of entries) this.#countGrants(entry);
    return entries;
  }

  #countGrants(entry: InventoryEntry): void {
    if (entry.kind === 'scan' && (entry.reason === 'admitted' || entry.reason === 'partly_admitted')) {
      const keys = (entry.zones ?? []).map((zone) => `${entry.ticketId}/${zone}`);
      this.grantOf.set(entry.scanId, keys);
      for (const key of keys) this.grants.set(key, (this.grants.get(key) ?? 0) + 1);
    }
    if (entry.kind !== 'scan.undone') return;
    for (const key of this.grantOf.get(entry.scanId) ?? []) this.grants.set(key, (this.grants.get(key) ?? 0) - 1);
  }

  #ports(): EventInventoryPorts {
    return {
      clock: () => {
        if (this.isClockBroken) throw new Error('the clock is broken');
        return this.now;
      },
      randomBytes: (length) => {
        if (length === 8) {
          this.#drawn += 1;
          // The group runs again after the first breakage, and the same item breaks again.
          const isBroken = this.#drawn === this.#breaksAt || this.#drawn === 2 * this.#breaksAt;
          if (isBroken) throw new Error('no randomness');
        }
        return crypto.getRandomValues(new Uint8Array(length));
      },
      verifier: {
        isIssued: (_key, _message, signature) => Promise.resolve(signature[0] === authentic),
        isHeld: () => Promise.resolve(false),
      },
      isSignedBy: () => Promise.resolve(false),
      doorbell: { ring: () => Promise.resolve() },
      publishLive: () => Promise.resolve({ viewers: 0 }),
    };
  }
}
