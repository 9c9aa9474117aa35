import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CodeForm } from '#shared/tickets/code.ts';
import type { InventoryContext } from './context.ts';
import type { TicketRow } from './tickets.ts';

/**
 * What the inventory remembers of the codes issued for its tickets: SHA-256 of the exact bytes the issuer signed, followed by
 * his signature (`issuedBytes`). A scan that shows exactly those bytes shows what our own issuer made, so verifying his
 * signature again would say nothing new. A digest that is missing, or of anything else, decides nothing: the signature is
 * then verified as if there were none.
 */
export type IssuedCode = {
  readonly ticketId: string;
  readonly form: CodeForm;
  readonly generation: number;
  readonly keyId: number;
  /** Base64url. */
  readonly digest: string;
};

const digestShape = /^[\w-]{43}$/;
const columnOf = { printed: 'printed_digest', live: 'live_digest' } as const satisfies Record<CodeForm, string>;

export function digestOfIssued(issued: Uint8Array): string {
  return createHash('sha256').update(issued).digest('base64url');
}

/** Remembers a code of the ticket as it is now; one of an older generation comes too late to matter. */
export function keepDigest(context: InventoryContext, issued: IssuedCode): Result<undefined> {
  const { ticketId, form, generation, digest } = issued;
  if (!digestShape.test(digest)) return fail('malformed_request', { field: 'digest' });
  context.sql.exec(
    `UPDATE tickets SET ${columnOf[form]} = ? WHERE ticket_id = ? AND generation = ?`,
    keptAs(issued),
    ticketId,
    generation,
  );
  return ok();
}

/** Whether the code that would be issued now is remembered. */
export function isDigestKept(row: TicketRow, form: CodeForm, keyId: number): boolean {
  const kept = form === 'printed' ? row.printedDigest : row.liveDigest;
  return kept?.startsWith(keptAs({ generation: row.generation, keyId, digest: '' })) === true;
}

/** Whether the bytes of this digest were issued for the ticket. */
export function wasIssued(row: TicketRow, form: CodeForm, digest: string): boolean {
  const kept = form === 'printed' ? row.printedDigest : row.liveDigest;
  return kept?.endsWith(`/${digest}`) === true;
}

function keptAs({ generation, keyId, digest }: Pick<IssuedCode, 'generation' | 'keyId' | 'digest'>): string {
  return `${generation}/${keyId}/${digest}`;
}
