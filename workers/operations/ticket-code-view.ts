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
): Promise<Pick<TicketView, 'qrSvg' | 'handle' | 'status' | 'isNumberEnough'>> {
  const { status, type } = ticket;
  const isNumberEnough = type.code !== 'live_only';
  const code = await printedCode(services, ticket);
  // A ticket that only a phone shows has its number too: staff find it by that when the phone is dead.
  const isShownByPhone = ticket.live !== undefined || ticket.needsActivation;
  const handle = code !== undefined || isShownByPhone ? showHandle(ticket.handle) : undefined;
  if (code === undefined) return { status, qrSvg: undefined, handle, isNumberEnough };
  const qrSvg = encodeQR(code, 'svg', { ecc: 'medium', encoding: 'alphanumeric', border: quietZone });
  return { status, qrSvg, handle, isNumberEnough };
}
