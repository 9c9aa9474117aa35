import type { TicketGrants, TicketHeader } from './code.ts';
import type { LivePass } from './live-code.ts';
import type { CodeChecks } from './verify.ts';

/** What a runtime must offer to make ticket codes. Needs the secret. */
export type TicketIssuer = {
  /** A printed code. Deterministic: the same header and grants give the same code, so codes need not be stored. */
  readonly issue: (header: TicketHeader, grants: TicketGrants) => Promise<string>;
  /** What a device needs to write live codes by itself. As deterministic. */
  readonly issueLive: (header: TicketHeader, grants: TicketGrants, holderKey: Uint8Array) => Promise<LivePass>;
};

/** What a gate without network is given of one issuer key: it opens and verifies with them, and can make nothing. */
export type GateKeys = {
  readonly keyId: number;
  /** Ed25519. */
  readonly publicKey: Uint8Array;
  /** Opens C. */
  readonly gateKey: Uint8Array;
};

/** What a runtime must offer to check codes. */
export type TicketVerifier = CodeChecks;
