import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { TicketVerifier } from '#shared/tickets/keys.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Doorbell } from '../common/outbox-bell.ts';

/** What the inventory needs from outside; the Worker that exports the class hands the adapters in. */
export type EventInventoryPorts = {
  readonly clock: () => EpochMs;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly verifier: TicketVerifier;
  /** Whether a device's key (P-256, compressed, base64url) signed a text. */
  readonly isSignedBy: (publicKey: string, text: string, signature: string) => Promise<boolean>;
  readonly doorbell: Doorbell;
  /** Hands viewers the event's numbers; answers how many watch. */
  readonly publishLive: (eventId: string, snapshot: LiveSnapshot) => Promise<{ viewers: number }>;
};
