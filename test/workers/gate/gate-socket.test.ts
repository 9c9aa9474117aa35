import { abortAllDurableObjects } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { unansweredLimit, type GateNews, type ToScanner } from '#shared/gate/socket-messages.ts';
import { GateSocket } from '#workers/gate/client/gate-socket.ts';
import { enrolled, signProof, type TestDevice } from '#test/support/gate-device.ts';
import { codeOf, freshInventory, scanAt, sell, sellOne, trailOf, type InventoryStub } from '#test/support/inventory.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { environment } from '#test/support/environment.ts';

type Heard = { answers: Map<string, ToScanner[]>; states: string[]; news: GateNews[]; delaysMs: number[] };

/** The scanner's own connection over a real socket of the event; only the waiting between attempts is not waited. */
function scanner(stub: () => InventoryStub, device: TestDevice) {
  const heard: Heard = { answers: new Map(), states: [], news: [], delaysMs: [] };
  let wake: (() => void) | undefined;
  const socket = new GateSocket(
    {
      async open() {
        const { webSocket } = await stub().fetch('https://gate.example/', { headers: { upgrade: 'websocket' } });
        if (webSocket === null) throw new Error('no socket');
        // A browser's socket is open by itself; here somebody has to accept it, once its listeners are on.
        queueMicrotask(() => webSocket.accept());
        return webSocket;
      },
      prove: async (nonce) => ({ deviceId: device.deviceId, signature: await signProof(device, nonce) }),
      after(delayMs, work) {
        heard.delaysMs.push(delayMs);
        // The next turn, not this one: the event must get a chance to start again.
        setImmediate(work);
      },
      chance: () => 0.5,
    },
    {
      answered(question, answer) {
        heard.answers.set(question.id, [...(heard.answers.get(question.id) ?? []), answer]);
        wake?.();
      },
      news: ({ news }) => {
        heard.news.push(...news);
        wake?.();
      },
      missed: () => undefined,
      announced: () => undefined,
      gates: () => undefined,
      state: (state) => {
        heard.states.push(state);
        wake?.();
      },
    },
  );
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { socket, heard, until };
}

const scanOf = (code: string, at: number) => ({ t: 'scan', id: `scan-number-${at}`, code }) as const;

describe('a scanner’s connection', () => {
  it('asks no more at once than the event takes, and gets each answer once', async () => {
    const { stub } = await freshInventory();
    const device = await enrolled(stub);
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 50 }]);
    const codes = await Promise.all(tickets.map((ticket) => codeOf(stub, ticket)));
    const { socket, heard, until } = scanner(() => stub, device);
    for (const [at, code] of codes.entries()) socket.ask(scanOf(code, at));
    await socket.connect();
    await until(() => heard.answers.size === codes.length);
    expect(codes.length).toBeGreaterThan(unansweredLimit);
    for (const answers of heard.answers.values()) {
      expect(answers).toMatchObject([{ t: 'verdict', verdict: { reason: 'admitted' } }]);
    }
  });

  it('comes back after the event was restarted, and asks the same ids: nobody is admitted twice or forgotten', async () => {
    const { stub, eventId } = await freshInventory();
    const device = await enrolled(stub);
    const codes = [await codeOf(stub, await sellOne(stub)), await codeOf(stub, await sellOne(stub))];
    const again = () => inventoryOf(environment.EVENT_INVENTORY, eventId);
    const { socket, heard, until } = scanner(again, device);
    await socket.connect();
    await until(() => heard.states.includes('online'));
    socket.ask(scanOf(codes[0]!, 0));
    await until(() => heard.answers.size === 1);
    await abortAllDurableObjects();
    socket.ask(scanOf(codes[1]!, 1));
    await until(() => heard.answers.size === 2);
    expect(heard.states).toEqual(['connecting', 'online', 'away', 'connecting', 'online']);
    expect(heard.delaysMs).toEqual([125]);
    const scans = (await trailOf(again())).filter(({ kind }) => kind === 'scan');
    expect(scans).toHaveLength(2);
  });

  it('hears after an absence what it missed', async () => {
    const { stub, eventId } = await freshInventory();
    const device = await enrolled(stub);
    const ticket = await sellOne(stub);
    const code = await codeOf(stub, ticket);
    const again = () => inventoryOf(environment.EVENT_INVENTORY, eventId);
    const { socket, heard, until } = scanner(again, device);
    await socket.connect();
    await until(() => heard.states.includes('online'));
    await abortAllDurableObjects();
    await scanAt(again(), code, { gateId: 'south' });
    await until(() => heard.news.length > 0);
    expect(heard.news).toEqual([['in', ticket.ticketId, 'south', expect.any(Number)]]);
  });

  it('does not come back once its device was locked, and says how much was left unasked', async () => {
    const { stub } = await freshInventory();
    const device = await enrolled(stub);
    const { socket, heard, until } = scanner(() => stub, device);
    await socket.connect();
    await until(() => heard.states.includes('online'));
    await stub.revokeDevices([{ deviceId: device.deviceId, staffId: 'per_supervisor' }]);
    await until(() => heard.states.includes('shut'));
    expect(heard.delaysMs).toEqual([]);
  });
});
