import { afterEach, expect, it, vi } from 'vitest';
import { byCard } from '#shared/orders/attempt.ts';
import { minuteMs } from '#shared/time.ts';
import { freshDesk, insideDesk, placeRequest, willingInventories } from '#test/support/desk.ts';
import { pricedSnapshot } from '#test/support/orders.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a gateway that never answers for one order holds up nobody else’s on the same desk', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { desk, stub } = freshDesk();
  const snapshot = pricedSnapshot(2_400);
  const stuck = placeRequest(desk, 'evt_any', { snapshot, tender: byCard(2_400) });
  const other = placeRequest(desk, 'evt_any', { snapshot, tender: byCard(2_400) });
  const never = new Promise<never>(() => undefined);
  const asked: string[] = [];
  let runOut: (error: Error) => void = () => undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    runOut = reject;
  });
  patience.catch(() => undefined);
  let now = Date.now();
  const ports = {
    clock: () => now,
    inventories: willingInventories,
    within: <Value>(_ms: number, work: Promise<Value>) => Promise.race([work, patience]),
    money: ({ do: what }: { do: string }, { orderId }: { orderId: string }) => {
      asked.push(`${orderId === stuck.orderId ? 'stuck' : 'other'} ${what}`);
      if (orderId === stuck.orderId) return never;
      return Promise.resolve({ state: what === 'open' ? ('authorised' as const) : ('captured' as const) });
    },
  };
  await insideDesk(stub, ports, async (object) => {
    await object.place(stuck);
    await object.place(other);
    now += minuteMs;
    const alarm = object.alarm();
    // While the alarm still waits for the one, the other is done, and new orders go through.
    await vi.waitFor(() => {
      expect(object.show(other.orderId)).toMatchObject({ value: { state: 'completed' } });
    });
    const free = placeRequest(desk, 'evt_any');
    expect(await object.place(free)).toMatchObject({ value: { order: { state: 'completed' } } });
    // Another alarm asks about it no second time while the first question is open.
    now += minuteMs;
    const next = object.alarm();
    runOut(new Error('no answer in time'));
    await Promise.all([alarm, next]);
    expect(asked.filter((what) => what === 'stuck open')).toHaveLength(1);
    expect(object.show(stuck.orderId)).toMatchObject({ value: { state: 'firm' } });
  });
});
