import { encodeQR } from 'qr';
import type { ShownTicket } from '#objects/event-inventory/client.ts';
import { showHandle } from '#shared/tickets/handle.ts';
import type { Services } from '#workers/services.ts';
import type { TicketView } from '#workers/ui/views.ts';
import { printedCode } from './issue-code.ts';

/** Modules of white around a code; scanners ask for four (ISO/IEC 18004). */
const quietZone = 4;

/** A ticket's code as its holder shows it: the QR, and the number to type where no camera works. */
export async function ticketCodeView(
  services: Services,
  ticket: ShownTicket,
): Promise<Pick<TicketView, 'qrSvg' | 'handle' | 'status'>> {
  const { status } = ticket;
  const code = await printedCode(services, ticket);
  if (code === undefined) return { status, qrSvg: undefined, handle: undefined };
  const qrSvg = encodeQR(code, 'svg', { ecc: 'medium', encoding: 'alphanumeric', border: quietZone });
  return { status, qrSvg, handle: showHandle(ticket.handle) };
}
