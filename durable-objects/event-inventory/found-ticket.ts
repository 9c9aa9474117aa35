import { refusal } from '#shared/admission/describe.ts';
import type { Reason, Verdict } from '#shared/admission/verdict.ts';
import { ticketIdOf } from '#shared/ids.ts';
import { ticketTypeOf, type EventRules } from '#shared/inventory/rules.ts';
import { minuteMs } from '#shared/time.ts';
import { readPrintedCode, type PrintedCode } from '#shared/tickets/code.ts';
import { readHandle } from '#shared/tickets/handle.ts';
import type { TicketVerifier } from '#shared/tickets/keys.ts';
import type { InventoryContext } from './context.ts';
import { findByHandle, findTicket, type TicketRow } from './tickets.ts';

/** What checking the signature, the only asynchronous part of a scan, said about a code before its turn came. */
export type CheckedCode =
  | { readonly kind: 'printed'; readonly code: PrintedCode; readonly isAuthentic: boolean }
  | { readonly kind: 'typed'; readonly handle: string }
  /** Looked up by somebody who may: no code was shown at all. */
  | { readonly kind: 'looked_up'; readonly ticketId: string }
  | { readonly kind: 'unreadable' };

/** How a ticket was presented, in the trail's words. */
export const methodOf = {
  printed: 'code',
  typed: 'typed',
  looked_up: 'lookup',
  unreadable: 'code',
} as const satisfies Record<CheckedCode['kind'], string>;

/** Longest text worth reading: a live code is 303 characters. */
const codeLimit = 400;

export async function checkCode(verifier: TicketVerifier, text: string): Promise<CheckedCode> {
  if (text.length > codeLimit) return { kind: 'unreadable' };
  const trimmed = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const code = readPrintedCode(trimmed);
  if (code !== undefined) return { kind: 'printed', code, isAuthentic: await verifier.verify(code) };
  const handle = readHandle(text);
  return handle === undefined ? { kind: 'unreadable' } : { kind: 'typed', handle };
}

/** The ticket a code stands for, or why it stands for none. */
export function findPresented(
  context: InventoryContext,
  rules: EventRules,
  checked: CheckedCode,
  deviceId: string,
): { readonly row: TicketRow; readonly refused?: Verdict } | { readonly row?: undefined; readonly refused: Verdict } {
  const no = (reason: Reason, row?: TicketRow) => ({
    ...(row && { row }),
    refused: refusal(reason, context.now()),
  });
  if (checked.kind === 'unreadable') return no('unreadable_code');
  if (checked.kind === 'looked_up') return withoutCode(context, rules, findTicket(context, checked.ticketId));
  if (checked.kind === 'typed') return findTyped(context, rules, checked.handle, deviceId);
  if (!checked.isAuthentic) return no('forged_code');
  const { header } = checked.code;
  if (header.eventNumber !== rules.eventNumber) return no('wrong_event');
  const row = findTicket(context, ticketIdOf(header.ticket));
  if (row === undefined) return no('unknown_ticket');
  return row.generation === header.generation ? { row } : no('replaced_code', row);
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
