import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventInventoryObject } from '#objects/event-inventory/object.ts';
import { keys } from '#test/support/environment.ts';
import { freshInventory, insideInventory, scanRequest, sell, trailOf } from '#test/support/inventory.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

/** Storage in which whatever names this scan throws, after the scan has already written its ticket. */
function breakScan({ sql }: DurableObjectStorage, scanId: string): () => void {
  const exec = sql.exec.bind(sql);
  const restore = () => Object.defineProperty(sql, 'exec', { configurable: true, value: exec });
  Object.defineProperty(sql, 'exec', {
    configurable: true,
    value: (statement: string, ...bindings: unknown[]) => {
      if (statement.includes('INSERT INTO scans') && bindings.includes(scanId)) throw new Error('the disk has a hole');
      return exec(statement, ...bindings);
    },
  });
  return restore;
}

async function codesOf(inventory: EventInventoryObject, ticketIds: readonly string[]): Promise<string[]> {
  return Promise.all(
    inventory
      .showTickets(ticketIds)
      .map(async ({ code }) => (code === undefined ? '' : keys.issue(code.header, code.grants))),
  );
}

/** Three people at three lanes at once; the middle one's scan throws. */
async function threeAtOnce() {
  const { stub } = await freshInventory();
  const tickets = await sell(stub, [{ typeId: 'day', quantity: 3 }]);
  const result = await insideInventory(stub, {}, async ({ inventory, state }) => {
    const codes = await codesOf(
      inventory,
      tickets.map(({ ticketId }) => ticketId),
    );
    const scans = codes.map((code, at) => scanRequest(code, { scanId: `scan-of-lane-${at}` }));
    const mend = breakScan(state.storage, 'scan-of-lane-1');
    const answers = await inventory.scanMany(scans);
    const live = inventory.live();
    mend();
    return { answers, live, again: await inventory.scanMany(scans), after: inventory.live() };
  });
  return { stub, tickets, ...result };
}

describe('a scan that throws in the middle of a group', () => {
  it('hurts nobody: its neighbours are let in, and nobody waits', async () => {
    const { answers } = await threeAtOnce();
    expect(answers.map((answer) => (answer.ok ? answer.value.outcome : answer.failure.code))).toEqual([
      'grant',
      'internal_error',
      'grant',
    ]);
  });

  it('leaves nothing behind: neither its ticket, nor its counters, nor a trace of what did not happen', async () => {
    const { stub, live } = await threeAtOnce();
    expect(live?.gates.find(({ gateId }) => gateId === 'north')?.admitted).toBe(2);
    const scans = (await trailOf(stub)).flatMap((entry) => (entry.kind === 'scan' ? [entry.scanId] : []));
    // The middle one only by the second asking.
    expect(scans).toEqual(['scan-of-lane-0', 'scan-of-lane-2', 'scan-of-lane-1']);
  });

  it('is decided when it is sent again under its id, and the others are answered as before', async () => {
    const { answers, again, after } = await threeAtOnce();
    expect(again.map((answer) => answer.ok && answer.value.outcome)).toEqual(['grant', 'grant', 'grant']);
    expect([again[0], again[2]]).toEqual([answers[0], answers[2]]);
    expect(after?.gates.find(({ gateId }) => gateId === 'north')?.admitted).toBe(3);
  });
});
