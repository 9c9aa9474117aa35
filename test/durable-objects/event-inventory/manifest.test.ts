import { describe, expect, it } from 'vitest';
import { openManifest, withNews, type GateManifest, type Revoked } from '#shared/gate/manifest.ts';
import { newsIn } from '#shared/gate/news.ts';
import { decideAlone, type LoneGate } from '#shared/gate/offline.ts';
import { codeOf, freshInventory, sell, sellOne } from '#test/support/inventory.ts';
import { activated, newHolder, showLive } from '#test/support/live-codes.ts';
import { aloneWith } from '#test/support/lone-gate.ts';
import { ticketType } from '#test/support/rules.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const live = ticketType({ id: 'live', name: 'Live', code: 'live_only' }, Date.now());
const day = ticketType({}, Date.now());

async function reasonAlone(gate: LoneGate, code: string, now = Date.now()) {
  const attempt = { now, direction: 'in', identity: 'none', occupancy: () => 0, mainIsIn: () => false } as const;
  const decision = await decideAlone(code, gate, attempt);
  return decision.kind === 'stale' ? 'stale' : decision.admission.verdict.reason;
}

async function sold() {
  const { stub, rules, eventId } = await freshInventory({ ticketTypes: [day, live] });
  const [printed, shown] = [await sellOne(stub), await sellOne(stub, 'live')];
  const holder = await newHolder();
  const pass = await activated(stub, holder, shown.ticketId);
  const paper = await codeOf(stub, printed);
  return { stub, eventId, eventNumber: rules.eventNumber, printed, shown, paper, pass, holder };
}

describe('a gate with its manifest and no network', () => {
  it('lets in who the event would let in, printed and live', async () => {
    const { eventId, eventNumber, paper, pass, holder } = await sold();
    const { gate } = await aloneWith(eventId, eventNumber);
    expect(await reasonAlone(gate, paper)).toBe('admitted');
    expect(await reasonAlone(gate, await showLive(pass, holder))).toBe('admitted');
  });

  it('refuses a stale step, a foreign phone, a forged code and another event’s', async () => {
    const { eventId, eventNumber, paper, pass, holder } = await sold();
    const there = await sold();
    const { gate } = await aloneWith(eventId, eventNumber);
    expect(await reasonAlone(gate, await showLive(pass, holder, Date.now() - 60_000))).toBe('stale_code');
    expect(await reasonAlone(gate, await showLive(pass, await newHolder()))).toBe('wrong_holder');
    expect(await reasonAlone(gate, `${paper.slice(0, 60)}ZZ${paper.slice(62)}`)).toBe('forged_code');
    expect(await reasonAlone(gate, there.paper)).toBe('wrong_event');
  });

  it('knows what was revoked before, and follows what is revoked after', async () => {
    const { stub, eventId, eventNumber, printed, shown, paper, pass, holder } = await sold();
    await stub.moveMany([{ ticketId: printed.ticketId, move: 'refund' }]);
    const { gate, manifest } = await aloneWith(eventId, eventNumber);
    expect(manifest.revocations).toEqual({ [printed.ticketId]: 0x1_00_00 });
    // Refunded: there is no newer code that its holder could be asked for.
    expect(await reasonAlone(gate, paper)).toBe('suspended');
    const other = await newHolder();
    const taken = await activated(stub, other, shown.ticketId, { takesOver: true });
    const { entries, headSeq } = await stub.readLog(manifest.sequence);
    const delta = { afterSequence: manifest.sequence, sequence: headSeq, news: newsIn(entries) };
    const later = { ...gate, revoked: withNews(gate.revoked, delta) as Revoked };
    expect(await reasonAlone(gate, await showLive(pass, holder))).toBe('admitted');
    expect(await reasonAlone(later, await showLive(pass, holder))).toBe('replaced_code');
    expect(await reasonAlone(later, await showLive(taken, other))).toBe('admitted');
  });

  it('decides nothing once its manifest is over', async () => {
    const { eventId, eventNumber, paper } = await sold();
    const { gate, manifest } = await aloneWith(eventId, eventNumber);
    expect(await reasonAlone(gate, paper, manifest.expiresAtMs)).toBe('stale');
  });

  it('after a leak refuses codes of the earlier key, and takes those of the new one', async () => {
    const { stub, eventId, eventNumber, paper, printed } = await sold();
    await stub.rotateIssuerKey({ cause: 'leak', newestKeyId: 1, staffId: 'per_admin' });
    const { gate, manifest } = await aloneWith(eventId, eventNumber);
    expect(manifest).toMatchObject({ keys: [{ keyId: 2 }], retiredKeyIds: [1] });
    expect(await reasonAlone(gate, paper)).toBe('retired_key');
    expect(await reasonAlone(gate, await codeOf(stub, printed))).toBe('admitted');
  });

  it('takes no manifest that was changed, is another event’s, older than its own, or over', async () => {
    const { stub, eventId, eventNumber, printed } = await sold();
    const { signed, verify, manifest } = await aloneWith(eventId, eventNumber);
    const open = (given: typeof signed, now = Date.now(), heldSequence = 0) =>
      openManifest(given, { now, heldSequence }, { verify, utf8 });
    await stub.moveMany([{ ticketId: printed.ticketId, move: 'suspend' }]);
    const next = await aloneWith(eventId, eventNumber);
    const there = await sold();
    const theirs = await aloneWith(there.eventId, there.eventNumber);
    expect(await open({ ...signed, text: signed.text.replace('"version":1', '"version":2') })).toEqual({
      kind: 'bad',
      why: 'forged',
    });
    expect(await open(theirs.signed)).toEqual({ kind: 'bad', why: 'forged' });
    expect(await open(signed, Date.now(), next.manifest.sequence)).toEqual({ kind: 'bad', why: 'older' });
    expect(await open(signed, manifest.expiresAtMs)).toEqual({ kind: 'bad', why: 'expired' });
    expect(await open(next.signed, Date.now(), manifest.sequence)).toMatchObject({ kind: 'good' });
  });

  it('is handed keys that open and verify, and no secret', async () => {
    const { eventId, eventNumber } = await sold();
    const { signed } = await aloneWith(eventId, eventNumber);
    const { keys } = JSON.parse(signed.text) as GateManifest;
    expect(keys.map((key) => Object.keys(key))).toEqual([['keyId', 'publicKey', 'gateKey']]);
  });
});

describe('an event whose tickets belong to one gate while gates are alone', () => {
  it('lets each in at its own gate only, says which, and stands aside for whoever may overrule', async () => {
    const gatePolicy = { answerWithinMs: 700, staleAdmissions: 0, alone: 'home_gate' } as const;
    const { stub, rules, eventId } = await freshInventory({ ticketTypes: [day], gatePolicy });
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 12 }]);
    const { gate: north } = await aloneWith(eventId, rules.eventNumber);
    const south = { ...north, gate: rules.gates.find(({ id }) => id === 'south')! };
    let atNorth = 0;
    for (const ticket of tickets) {
      const code = await codeOf(stub, ticket);
      const reasons = [await reasonAlone(north, code), await reasonAlone(south, code)];
      expect(reasons.toSorted()).toEqual(['admitted', 'home_gate']);
      atNorth += reasons[0] === 'admitted' ? 1 : 0;
    }
    expect(atNorth).toBeGreaterThan(0);
    expect(atNorth).toBeLessThan(tickets.length);
  });
});
