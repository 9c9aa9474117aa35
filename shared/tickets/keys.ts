import type { PrintedCode, TicketGrants, TicketHeader } from './code.ts';

/** Keys are derived per event and key id from one secret. This is the only key id so far; rotation adds more. */
export const currentKeyId = 1;

/** What a runtime must offer to make ticket codes. Needs the secret. */
export type TicketIssuer = {
  /** Deterministic: the same header and grants give the same code, so codes need not be stored. */
  readonly issue: (header: TicketHeader, grants: TicketGrants) => Promise<string>;
};

/** What a runtime must offer to check them. `false` for every code no live issuer key of its event signed. */
export type TicketVerifier = {
  readonly verify: (code: PrintedCode) => Promise<boolean>;
};
