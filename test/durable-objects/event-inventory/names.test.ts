import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import {
  freshInventory,
  holdRequest,
  insideInventory,
  scanAt,
  scanRequest,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const name = 'Adaeze Ọkọnkwọ-Bright';

async function named(type: Partial<TicketType> = { identity: 'name_check' }) {
  const { stub } = await freshInventory({ ticketTypes: [ticketType(type, Date.now())] });
  const request = holdRequest({ firm: true, holderName: name });
  await stub.holdMany([request]);
  const confirmed = only(await stub.confirmMany([request.holdId]));
  return { stub, ticket: only(confirmed.ok ? confirmed.value.tickets : []) };
}

/** Every text the object keeps, in whichever table. */
function kept(stub: InventoryStub): Promise<string> {
  return insideInventory(stub, {}, ({ state: { storage } }) =>
    ['holds', 'tickets', 'scans', 'log_segments', 'waitlist', 'counters']
      .map((table) => JSON.stringify(storage.sql.exec(`SELECT * FROM ${table}`).toArray()))
      .join('\n'),
  );
}

describe('a ticket that asks for a name', () => {
  it('tells the steward whom to expect, and admits once it was compared', async () => {
    const { stub, ticket } = await named();
    expect(await scanAt(stub, ticket.handle)).toMatchObject({ reason: 'name_check', holderName: name });
    expect(await scanAt(stub, ticket.handle, { identity: 'name' })).not.toHaveProperty('holderName');
  });

  it('tells it again to a steward whose first answer got lost (I5)', async () => {
    const { stub, ticket } = await named();
    const scan = scanRequest(ticket.handle);
    const [first, second] = [await stub.scanMany([scan]), await stub.scanMany([scan])];
    expect(second).toEqual(first);
    expect(second).toMatchObject([{ value: { holderName: name } }]);
  });

  it('asks for a document where a name is not enough', async () => {
    const { stub, ticket } = await named({ identity: 'verified_holder' });
    expect((await scanAt(stub, ticket.handle, { identity: 'name' })).reason).toBe('document_check');
    expect((await scanAt(stub, ticket.handle, { identity: 'document' })).reason).toBe('admitted');
  });
});

describe('I10: a name', () => {
  it('is in no log and beside no answer', async () => {
    const { stub, ticket } = await named();
    await scanAt(stub, ticket.handle);
    await scanAt(stub, ticket.handle, { identity: 'name' });
    const tables = (await kept(stub)).split('\n').filter((text) => text.includes(name));
    expect(tables).toHaveLength(1);
    expect(tables[0]).toContain(ticket.ticketId);
  });

  it('is forgotten with its person, and the ticket stays good', async () => {
    const { stub, ticket } = await named();
    await stub.forgetHolders([ticket.ticketId]);
    expect(await kept(stub)).not.toContain(name);
    expect(await scanAt(stub, ticket.handle)).not.toHaveProperty('holderName');
    expect((await scanAt(stub, ticket.handle, { identity: 'name' })).reason).toBe('admitted');
  });

  it('is not kept for a ticket that asks for none, a hold that was refused, or one let go of', async () => {
    const { stub } = await named({ capacity: 1 });
    expect(await kept(stub)).not.toContain(name);
    const asks = await freshInventory({
      ticketTypes: [ticketType({ identity: 'name_check', capacity: 1 }, Date.now())],
    });
    await asks.stub.holdMany([
      holdRequest({ holdId: 'held', holderName: name }),
      holdRequest({ holdId: 'refused', holderName: name, customerId: 'cus_other' }),
    ]);
    await asks.stub.releaseMany(['held']);
    expect(await kept(asks.stub)).not.toContain(name);
  });
});
