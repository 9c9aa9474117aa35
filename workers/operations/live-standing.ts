import type { ShownTicket } from '#objects/event-inventory/client.ts';
import type { LiveStanding } from '#shared/wallet/kept-ticket.ts';

/** Who bears a ticket's live code now; undefined for tickets that have none, and while it may not be shown. */
export async function liveStanding(
  ticket: Pick<ShownTicket, 'generation' | 'live' | 'needsActivation'>,
  /** Whether the device with that key was the asking browser. */
  isOurs: (holderKey: string) => Promise<boolean>,
): Promise<LiveStanding | undefined> {
  const { generation, live, needsActivation } = ticket;
  if (live !== undefined) {
    const { holderKey, header } = live;
    return { generation, holderKey, keyId: header.keyId, isOurs: await isOurs(holderKey) };
  }
  return needsActivation ? { generation, isOurs: false } : undefined;
}
