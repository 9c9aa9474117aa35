import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { freshDesk, insideDesk, placeRequest, willingInventories } from '#test/support/desk.ts';

const person = { name: 'Nana Forgettable', email: 'nana@forget.example' };

async function placed(inventories: Parameters<typeof insideDesk>[1]['inventories'] = willingInventories) {
  const { desk, stub } = freshDesk();
  const request = placeRequest(desk, 'evt_any', { contact: person });
  await insideDesk(stub, { inventories }, (object) => object.place(request));
  return { stub, request, orderId: request.orderId };
}

/** Every row of every table, as one text. */
function everythingIn(stub: Awaited<ReturnType<typeof placed>>['stub']): Promise<string> {
  return runInDurableObject(stub, (_object, { storage }) => {
    const tables = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
    const rows = tables
      .filter(({ name }) => !name.startsWith('_cf'))
      .map(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
    return JSON.stringify(rows);
  });
}

describe('forgetting names', () => {
  it('leaves the order, its tickets and its log, and nothing to find its buyer by', async () => {
    const { stub, orderId } = await placed();
    const before = await stub.readLog(0);
    expect(await everythingIn(stub)).toContain(person.email);
    expect(await stub.forget([orderId])).toMatchObject({ ok: true });
    const everything = await everythingIn(stub);
    for (const name of [person.email, person.name, 'Forgettable']) expect(everything).not.toContain(name);
    expect(await stub.contact(orderId)).toBeUndefined();
    expect(await stub.contacts([orderId])).toEqual([]);
    expect(await stub.readLog(0)).toEqual(before);
    expect(await stub.show(orderId)).toMatchObject({ ok: true, value: { state: 'completed', isForgotten: true } });
  });

  it('twice, or of orders the desk never had, changes nothing more', async () => {
    const { stub, orderId } = await placed();
    await stub.forget([orderId]);
    const once = await everythingIn(stub);
    expect(await stub.forget([orderId, 'ord_unknown'])).toMatchObject({ ok: true });
    expect(await everythingIn(stub)).toBe(once);
  });

  it('is refused as a whole while one of the orders is under way', async () => {
    const { stub, orderId } = await placed();
    const silent = { ...willingInventories, issue: () => Promise.reject(new Error('no answer')) };
    const open = placeRequest(orderId.slice(4, 9), 'evt_any', { contact: person });
    await insideDesk(stub, { inventories: silent }, (object) => object.place(open));
    const answer = await stub.forget([orderId, open.orderId]);
    expect(answer).toEqual({ ok: false, failure: { code: 'order_unsettled' } });
    expect(await stub.contacts([orderId, open.orderId])).toHaveLength(2);
  });

  it('does not let a repeat of the order bring the names back', async () => {
    const { stub, request, orderId } = await placed();
    await stub.forget([orderId]);
    const again = await insideDesk(stub, { inventories: willingInventories }, (object) => object.place(request));
    expect(again).toMatchObject({ ok: false, failure: { code: 'idempotency_key_reused' } });
    expect(await stub.contact(orderId)).toBeUndefined();
  });
});
