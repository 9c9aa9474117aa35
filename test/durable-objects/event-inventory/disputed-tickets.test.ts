import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { codeOf, freshInventory, scanAt, sellOne } from '#test/support/inventory.ts';

async function disputed() {
  const { stub } = await freshInventory();
  const ticket = await sellOne(stub);
  const stand = (disputeId: string, isOver: boolean) =>
    stub.standInDispute({ disputeId, ticketIds: [ticket.ticketId], isOver });
  const status = async () => only(await stub.showTickets([ticket.ticketId])).status;
  return { stub, ticket, stand, status };
}

describe('a ticket whose payment a bank asks about', () => {
  it('opens no gate until the bank has decided for us', async () => {
    const { stub, ticket, stand } = await disputed();
    const code = await codeOf(stub, ticket);
    await stand('dp_1', false);
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'refuse', reason: 'suspended' });
    await stand('dp_1', true);
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'grant' });
  });

  it('stays good when a late call says again that the bank asks', async () => {
    const { stand, status } = await disputed();
    await stand('dp_1', false);
    await stand('dp_1', true);
    await stand('dp_1', false);
    expect(await status()).not.toBe('suspended');
  });

  it('stays suspended while another bank’s question is open, whichever ends first', async () => {
    const { stand, status } = await disputed();
    await stand('dp_1', false);
    await stand('dp_2', false);
    await stand('dp_1', true);
    expect(await status()).toBe('suspended');
    await stand('dp_2', true);
    expect(await status()).not.toBe('suspended');
  });

  it('stays refunded whatever the bank says then', async () => {
    const { stub, ticket, stand, status } = await disputed();
    await stand('dp_1', false);
    await stub.revokeTickets({ ticketIds: [ticket.ticketId], isUnusedOnly: false });
    await stand('dp_1', true);
    expect(await status()).toBe('refunded');
  });
});
