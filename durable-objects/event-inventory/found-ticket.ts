import { isDowngraded } from '#shared/admission/code-form.ts';
import { refusal } from '#shared/admission/describe.ts';
import type { Reason, Verdict } from '#shared/admission/verdict.ts';
import { ticketIdOf } from '#shared/ids.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { minuteMs } from '#shared/time.ts';
import { readHandle } from '#shared/tickets/handle.ts';
import type { TicketVerifier } from '#shared/tickets/keys.ts';
import {
  askHolder,
  askIssuer,
  isOurs,
  issuedBytes,
  readCode,
  signaturesOf,
  whyRefused,
  type Signatures,
  type TicketCode,
} from '#shared/tickets/verify.ts';
import type { InventoryContext } from './context.ts';
import { digestOfIssued, wasIssued } from './issued-codes.ts';
import { findByHandle, findTicket, type TicketRow } from './tickets.ts';

/** A code as it was read, with what the keys, the only asynchronous part of a scan, said of it before its turn came. */
export type CheckedCode =
  | {
      readonly kind: 'code';
      readonly code: TicketCode;
      readonly ticketId: string;
      /** Of what its issuer answered for; taken when it is first asked for, and once. */
      readonly digest: () => string;
      /** Whether the issuer signed it; undefined while his key was not asked. */
      readonly isIssued: boolean | undefined;
      /** Whether its holder did. */
      readonly isHeld: boolean | undefined;
    }
  | { readonly kind: 'typed'; readonly handle: string }
  /** Looked up by somebody who may: no code was shown at all. */
  | { readonly kind: 'looked_up'; readonly ticketId: string }
  | { readonly kind: 'unreadable' };

/** How a ticket was presented, in the trail's words. */
export const methodOf = {
  code: 'code',
  typed: 'typed',
  looked_up: 'lookup',
  unreadable: 'code',
} as const satisfies Record<CheckedCode['kind'], string>;

/** Longest text worth reading: a live code is 303 characters. */
const codeLimit = 400;

/**
 * Reads codes, as many as came together. Whether a phone's holder signed is asked at once: that has to be asked of every
 * live code. Whether the issuer did is asked only of a code that the inventory turns out not to remember (`askKeys`).
 */
export function codeReader(
  { keyRing, rules, now }: InventoryContext,
  verifier: TicketVerifier,
): (shown: { readonly code: string; readonly ticketId?: string | undefined }) => CheckedCode | Promise<CheckedCode> {
  // As of the group before: a key that was retired since is asked in vain, and refused when the turn comes.
  const facts = { eventNumber: rules()?.eventNumber ?? 0, ring: keyRing.current(), now: now() };
  return ({ code: text, ticketId: lookedUp }) => {
    if (lookedUp !== undefined) return { kind: 'looked_up', ticketId: lookedUp };
    const code = text.length > codeLimit ? undefined : readCode(text);
    if (code !== undefined) {
      const ticketId = ticketIdOf(code.header.ticket);
      const read = {
        kind: 'code',
        code,
        ticketId,
        digest: once(() => digestOfIssued(issuedBytes(code))),
        isIssued: undefined,
      } as const;
      if (code.form === 'printed') return { ...read, isHeld: true };
      return isOurs(code, facts) ? heldCode(read, verifier) : { ...read, isHeld: undefined };
    }
    const handle = text.length > codeLimit ? undefined : readHandle(text);
    return handle === undefined ? { kind: 'unreadable' } : { kind: 'typed', handle };
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

type ReadCode = Extract<CheckedCode, { kind: 'code' }>;

async function heldCode(read: Omit<ReadCode, 'isHeld'>, verifier: TicketVerifier): Promise<ReadCode> {
  return { ...read, isHeld: await askHolder(read.code, verifier) };
}

/** With what the inventory remembers of its issuer, so that his key need not be asked. */
export function asRemembered(checked: ReadCode, row: TicketRow | undefined): CheckedCode {
  return row !== undefined && wasIssued(row, checked.code.form, checked.digest())
    ? { ...checked, isIssued: true }
    : checked;
}

/** Asks the keys whatever was not asked yet. */
export async function askKeys(checked: CheckedCode, verifier: TicketVerifier): Promise<CheckedCode> {
  if (checked.kind !== 'code') return checked;
  const [isIssued, isHeld] = await Promise.all([
    checked.isIssued ?? askIssuer(checked.code, verifier),
    checked.isHeld ?? askHolder(checked.code, verifier),
  ]);
  return { ...checked, isIssued, isHeld };
}

type Presented = {
  readonly deviceId: string;
  readonly purpose: 'in' | 'out' | 'redeem';
};

type Found =
  | { readonly row: TicketRow; readonly refused?: Verdict }
  | { readonly row?: undefined; readonly refused: Verdict };

/** The ticket a code stands for, or why it stands for none. Undefined when the keys have to be asked first. */
export function findPresented(
  context: InventoryContext,
  rules: EventRules,
  checked: CheckedCode,
  presented: Presented,
): Found | undefined {
  const no = (reason: Reason) => ({ refused: refusal(reason, context.now()) });
  if (checked.kind === 'unreadable') return no('unreadable_code');
  if (checked.kind === 'looked_up') return withoutCode(context, rules, findTicket(context, checked.ticketId));
  if (checked.kind === 'typed') return findTyped(context, rules, checked.handle, presented.deviceId);
  return findByCode(context, rules, checked, presented);
}

function findByCode(
  context: InventoryContext,
  rules: EventRules,
  checked: ReadCode,
  { purpose }: Presented,
): Found | undefined {
  const { code } = checked;
  const now = context.now();
  const row = findTicket(context, checked.ticketId);
  const facts = { eventNumber: rules.eventNumber, ring: context.keyRing.current(), now };
  const signatures = isOurs(code, facts) ? signaturesAbout(checked, row) : 'unchecked';
  if (signatures === undefined) return undefined;
  const reason = whyRefused(code, signatures, { ...facts, ticket: () => row && knownTicket(row) });
  // Nobody but the keys can say which ticket a code is about: a forgery names none.
  if (reason !== undefined) {
    const isVouchedFor = signatures === 'genuine' || signatures === 'not_held';
    return { ...(isVouchedFor && row && { row }), refused: refusal(reason, now) };
  }
  if (row === undefined) return { refused: refusal('unknown_ticket', now) };
  const type = ticketTypeOf(rules, row.typeId);
  const isPaperTooLittle = type !== undefined && isDowngraded(type, code.form, { entries: row.entries, purpose });
  return isPaperTooLittle ? { row, refused: refusal('downgraded_code', now) } : { row };
}

/** What is known of a code's signatures. Bytes that were issued are the issuer's, without asking his key again. */
function signaturesAbout(
  { code, digest, isIssued, isHeld }: ReadCode,
  row: TicketRow | undefined,
): Signatures | undefined {
  const isKnown = isIssued ?? (row !== undefined && wasIssued(row, code.form, digest()) ? true : undefined);
  return isKnown === undefined || isHeld === undefined ? undefined : signaturesOf(isKnown, isHeld);
}

/** Whether nothing can be said of a code before the keys were asked. */
export function asksKeys(context: InventoryContext, checked: CheckedCode): boolean {
  return checked.kind === 'code' && signaturesAbout(checked, findTicket(context, checked.ticketId)) === undefined;
}

function knownTicket({ generation, holderKey }: TicketRow) {
  return {
    isReplaced: (shown: number) => shown !== generation,
    holderKey: holderKey === null ? null : pointOf(holderKey),
  };
}

/** A registered key's bytes; it was base64url when it was registered, or its proof would not have held. */
function pointOf(holderKey: string): Uint8Array {
  const bytes = atob(holderKey.replaceAll('-', '+').replaceAll('_', '/'));
  const point = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) point[at] = bytes.charCodeAt(at);
  return point;
}

/** A ticket whose type is good only with its code is not admitted without one, however it was found (I6). */
function withoutCode(context: InventoryContext, rules: EventRules, row: TicketRow | undefined) {
  const now = context.now();
  if (row === undefined) return { refused: refusal('unknown_ticket', now) };
  const isLiveOnly = ticketTypeOf(rules, row.typeId)?.code === 'live_only';
  return isLiveOnly ? { row, refused: refusal('code_required', now) } : { row };
}

const typedTries = { limit: 20, windowMs: 5 * minuteMs } as const;

/** A typed number is short enough to be guessed by trying, so wrong ones are counted for each device, exactly. */
function findTyped(context: InventoryContext, rules: EventRules, handle: string, deviceId: string) {
  const key = `typed/${deviceId}`;
  if (triesOf(context, key) >= typedTries.limit) return { refused: refusal('too_many_tries', context.now()) };
  const row = findByHandle(context, handle);
  if (row === undefined) countTry(context, key);
  return withoutCode(context, rules, row);
}

function triesOf({ sql, now }: InventoryContext, key: string): number {
  const [row] = sql
    .exec<{ count: number }>('SELECT count FROM velocity WHERE key = ? AND window_ends_at_ms > ?', key, now())
    .toArray();
  return row?.count ?? 0;
}

function countTry({ sql, now }: InventoryContext, key: string): void {
  sql.exec(
    `INSERT INTO velocity (key, window_ends_at_ms, count) VALUES (?1, ?2, 1)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN window_ends_at_ms > ?3 THEN count + 1 ELSE 1 END,
       window_ends_at_ms = CASE WHEN window_ends_at_ms > ?3 THEN window_ends_at_ms ELSE ?2 END`,
    key,
    now() + typedTries.windowMs,
    now(),
  );
}
