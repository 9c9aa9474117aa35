import { openManifest, revokedIn, withNews, type GateManifest, type Revoked } from '#shared/gate/manifest.ts';
import type { GateNews } from '#shared/gate/socket-messages.ts';
import type { EpochMs } from '#shared/time.ts';
import { importIssuerKey, verifyIssued } from '#shared/tickets/web-crypto.ts';
import type { ManifestReply } from '../../views.ts';
import { bytesOf, logPorts } from './bytes.ts';
import type { EventClock } from './clock.ts';
import { importKeys, type LoneKeys } from './lone-keys.ts';
import { keep, read, type Store } from './store.ts';

/** Everything of a manifest, ready to decide by. */
export type Known = {
  readonly manifest: GateManifest;
  readonly keys: LoneKeys;
  readonly revoked: Revoked;
  /** By the phone's own clock. */
  readonly receivedAtMs: EpochMs;
  readonly otherEvents: ReadonlyMap<number, string>;
};

type Frame = { readonly afterSequence: number; readonly sequence: number; readonly news: readonly GateNews[] };

/** Frames kept to be applied again to a manifest that was made before they came. */
const framesMax = 200;

/**
 * What this scanner knows of its event: the newest manifest that verified, and what it heard since. An unverified byte is never
 * decided by, not even one this phone stored itself: whoever could write its storage could have written a manifest.
 */
export class Knowledge {
  readonly #store: Store;
  readonly #clock: EventClock;
  readonly #verify: (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
  #known: Known | undefined;
  #frames: Frame[] = [];

  private constructor(store: Store, clock: EventClock, issuer: CryptoKey | undefined) {
    this.#store = store;
    this.#clock = clock;
    this.#verify = async (message, signature) =>
      issuer !== undefined && verifyIssued(crypto.subtle, issuer, message, signature);
  }

  /** `toldKey` is what the page says manifests are verified with; the first one told is kept, and counts. */
  static async open(store: Store, clock: EventClock, toldKey: string): Promise<Knowledge> {
    const pinned = (await read(store, 'manifestKey')) ?? toldKey;
    await keep(store, 'manifestKey', pinned);
    const knowledge = new Knowledge(store, clock, await importIssuerKey(crypto.subtle, bytesOf(pinned)));
    await knowledge.#load();
    return knowledge;
  }

  get known(): Known | undefined {
    return this.#known;
  }

  /** False when it does not verify, is older than what is known, or is over already. */
  async take({ text, signature, otherEvents }: ManifestReply): Promise<boolean> {
    const signed = { text, signature: bytesOf(signature) };
    const at = { now: this.#clock.now(), heldSequence: this.#known?.manifest.sequence ?? 0 };
    const opened = await openManifest(signed, at, { verify: this.#verify, utf8: logPorts.utf8 });
    if (opened.kind === 'bad') return false;
    const receivedAtMs = this.#clock.deviceNow();
    await this.#become(opened.manifest, receivedAtMs, otherEvents, []);
    await keep(this.#store, 'manifest', { ...signed, receivedAtMs });
    await keep(this.#store, 'otherEvents', otherEvents);
    await this.#keepRevoked();
    return true;
  }

  /** Follows what is heard. False when it can't, and a new manifest is needed. */
  async follow(frame: Frame): Promise<boolean> {
    this.#frames = [...this.#frames, frame].slice(-framesMax);
    if (this.#known === undefined) return false;
    // Revocations count at once, even where rules or keys changed too and a manifest has to be fetched.
    const revoked = withNews(this.#known.revoked, { ...frame, news: frame.news.filter(([what]) => what === 'is') });
    if (revoked === undefined) return false;
    this.#known = { ...this.#known, revoked };
    if (frame.news.some(([what]) => what === 'is')) await this.#keepRevoked();
    return !frame.news.some(([what]) => what === 'manifest');
  }

  async #load(): Promise<void> {
    const kept = await read(this.#store, 'manifest');
    if (kept === undefined) return;
    // As of then: one that is over by now is still what its policy may allow a few people by.
    const at = { now: 0, heldSequence: 0 };
    const opened = await openManifest(kept, at, { verify: this.#verify, utf8: logPorts.utf8 });
    if (opened.kind === 'bad') return;
    const otherEvents = (await read(this.#store, 'otherEvents')) ?? [];
    const since = await read(this.#store, 'revokedSince');
    await this.#become(opened.manifest, kept.receivedAtMs, otherEvents, since?.least ?? []);
    // Each frame's revocations are kept before the frame counts as heard.
    const heardSeq = (await read(this.#store, 'heardSeq')) ?? 0;
    if (this.#known === undefined) return;
    const { revoked } = this.#known;
    this.#known = { ...this.#known, revoked: { ...revoked, sequence: Math.max(revoked.sequence, heardSeq) } };
  }

  async #become(
    manifest: GateManifest,
    receivedAtMs: EpochMs,
    otherEvents: ManifestReply['otherEvents'],
    since: readonly (readonly [string, number])[],
  ): Promise<void> {
    const isSameKeys = JSON.stringify(this.#known?.manifest.keys) === JSON.stringify(manifest.keys);
    const keys = isSameKeys && this.#known !== undefined ? this.#known.keys : await importKeys(manifest);
    const stated = revokedIn(manifest);
    let revoked: Revoked = { ...stated, least: new Map([...stated.least, ...since]) };
    // What came while this manifest was on its way.
    for (const frame of this.#frames.filter(({ sequence }) => sequence > manifest.sequence)) {
      const news = frame.news.filter(([what]) => what === 'is');
      revoked = withNews(revoked, { ...frame, news, afterSequence: revoked.sequence }) ?? revoked;
    }
    this.#frames = this.#frames.filter(({ sequence }) => sequence > manifest.sequence);
    this.#known = { manifest, keys, revoked, receivedAtMs, otherEvents: new Map(otherEvents) };
  }

  async #keepRevoked(): Promise<void> {
    if (this.#known === undefined) return;
    const { manifest, revoked } = this.#known;
    const least = [...revoked.least].filter(([ticketId, generation]) => manifest.revocations[ticketId] !== generation);
    await keep(this.#store, 'revokedSince', { sequence: revoked.sequence, least });
  }
}
