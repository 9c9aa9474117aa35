import type { FailureCode } from '../failures.ts';
import type { QuotedLine } from '../pricing/quote.ts';
import type { IssuedTicket, Order, OrderSection } from './order.ts';
import { counts, type RefundedLine, type WantedLine } from './refund.ts';

/** What is left of a line after the refunds so far: none of it twice. */
export type LineLeft = {
  readonly section: OrderSection;
  readonly line: QuotedLine;
  readonly quantity: number;
  readonly amountMinor: number;
  /** Its tickets that have not gone back, in the order they were made. */
  readonly tickets: readonly IssuedTicket[];
};

type Of = Pick<Order, 'snapshot' | 'tickets' | 'refunds'>;

/** Every line that may go back. What topped up a wallet is money already, and is spent from there. */
export function linesLeft(order: Of): LineLeft[] {
  const goneIds = new Set(refundedLines(order).flatMap(({ ticketIds }) => ticketIds));
  return order.snapshot.sections.flatMap((section) => {
    if (section.kind === 'wallet') return [];
    return section.lines.map((line) => {
      const gone = refundedLines(order).filter(({ lineId }) => lineId === line.lineId);
      return {
        section,
        line,
        quantity: line.quantity - gone.reduce((sum, { quantity }) => sum + quantity, 0),
        amountMinor: line.totalMinor - gone.reduce((sum, part) => sum + part.amountMinor + (part.keptMinor ?? 0), 0),
        tickets: ticketsOfLine(order, section, line).filter(({ ticketId }) => !goneIds.has(ticketId)),
      };
    });
  });
}

function refundedLines({ refunds }: Of): RefundedLine[] {
  return refunds.filter(counts).flatMap(({ lines }) => lines);
}

/** What the rules let sellers keep of lines so far. */
export function keptByLine(order: Of): Map<string, number> {
  const kept = new Map<string, number>();
  for (const { lineId, keptMinor = 0 } of refundedLines(order)) kept.set(lineId, (kept.get(lineId) ?? 0) + keptMinor);
  return kept;
}

/** Lines may list one type twice, alone and in a bundle: its tickets are dealt out to them in order. */
function ticketsOfLine({ tickets }: Of, section: OrderSection, line: QuotedLine): IssuedTicket[] {
  if (line.kind !== 'ticket') return [];
  const before = section.lines.slice(0, section.lines.indexOf(line)).filter(({ itemId }) => itemId === line.itemId);
  const start = before.reduce((sum, { quantity }) => sum + quantity, 0);
  return tickets
    .filter(({ eventId, typeId }) => eventId === section.inventoryId && typeId === line.itemId)
    .slice(start, start + line.quantity);
}

/** What so many of what is left come to. The last of a line get what earlier ones left of a minor unit. */
export function amountOf({ quantity: left, amountMinor }: LineLeft, quantity: number): number {
  return quantity === left ? amountMinor : Math.floor((amountMinor * quantity) / left);
}

/** Half a minor unit is kept. */
export function keptOf(amountMinor: number, feePercent: number): number {
  return Math.floor((amountMinor * feePercent + 50) / 100);
}

/** What is asked for, priced; or why it cannot go back. */
export function priced(order: Of, wanted: readonly WantedLine[]): RefundedLine[] | FailureCode {
  const left = new Map(linesLeft(order).map((line) => [line.line.lineId, line]));
  if (wanted.length === 0 || new Set(wanted.map(({ lineId }) => lineId)).size < wanted.length) {
    return 'refund_not_allowed';
  }
  const lines: RefundedLine[] = [];
  for (const { lineId, ticketIds, quantity, feePercent, amountMinor: pleasingMinor } of wanted) {
    const line = left.get(lineId);
    if (line === undefined) return 'refund_not_allowed';
    if (pleasingMinor !== undefined) {
      if (quantity !== 0 || ticketIds.length > 0) return 'refund_not_allowed';
      if (!isAmountLeft(line, pleasingMinor)) return 'refund_made_already';
      lines.push({ lineId, ticketIds, quantity, amountMinor: pleasingMinor, keptMinor: 0 });
      continue;
    }
    if (!isLeft(line, ticketIds, quantity)) return 'refund_made_already';
    const grossMinor = amountOf(line, quantity);
    const keptMinor = keptOf(grossMinor, feePercent);
    lines.push({ lineId, ticketIds, quantity, amountMinor: grossMinor - keptMinor, keptMinor });
  }
  return lines;
}

function isAmountLeft({ amountMinor: left }: LineLeft, amountMinor: number): boolean {
  return Number.isSafeInteger(amountMinor) && amountMinor >= 1 && amountMinor <= left;
}

/** A ticket is named, and is there; of goods, enough are. */
function isLeft({ line, tickets, quantity: left }: LineLeft, ticketIds: readonly string[], quantity: number): boolean {
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > left) return false;
  if (line.kind !== 'ticket') return ticketIds.length === 0;
  const known = new Set(tickets.map(({ ticketId }) => ticketId));
  const named = new Set(ticketIds);
  return named.size === quantity && ticketIds.length === quantity && ticketIds.every((id) => known.has(id));
}
