import { beforeAll, describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '#shared/encoding/base32.ts';
import { codeOf, freshInventory, putInForce, scanAt, sellOne, type InventoryStub } from '#test/support/inventory.ts';
import { keys } from '#test/support/environment.ts';
import { ticketType } from '#test/support/rules.ts';

const flipped = (code: string, bit: number) => {
  const bytes = decodeBase32(code)!;
  bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
  return encodeBase32(bytes);
};
const freshTicket = () => crypto.getRandomValues(new Uint8Array(8));

let stub: InventoryStub;
let eventNumber: number;
let code: string;
/** Never sold: its first scan must still be granted when every attack is over. */
let untouched: string;

beforeAll(async () => {
  const fresh = await freshInventory();
  ({ stub } = fresh);
  ({ eventNumber } = fresh.rules);
  code = await codeOf(stub, await sellOne(stub));
  untouched = code;
});

describe('I6: a code that was tampered with', () => {
  // Byte regions of the code, by the first bit after them.
  const regions: [string, number, number, string][] = [
    ['form and version', 0, 8, 'unreadable_code'],
    ['key id', 8, 16, 'forged_code'],
    ['event', 16, 48, 'wrong_event'],
    ['ticket', 48, 112, 'forged_code'],
    ['generation', 112, 128, 'forged_code'],
    ['sealed grants', 128, 192, 'forged_code'],
    ['first half of the signature', 192, 448, 'forged_code'],
    ['second half of the signature', 448, 704, 'forged_code'],
  ];

  it.each(regions)('in one bit of its %s is refused', async (_region, from, until, reason) => {
    // Every bit of the short regions, every seventh of the long ones.
    const step = until - from > 64 ? 7 : 1;
    for (let bit = from; bit < until; bit += step) {
      const verdict = await scanAt(stub, flipped(code, bit));
      expect(verdict.reason, `bit ${bit}`).toBe(reason);
    }
  });

  it('and so forged is called fraud, and names no ticket', async () => {
    const verdict = await scanAt(stub, flipped(code, 60));
    expect(verdict).toEqual({ outcome: 'fraud', reason: 'forged_code', scannedAtMs: expect.any(Number) });
  });

  it.each([
    ['truncated', (text: string) => text.slice(0, -1)],
    ['cut in half', (text: string) => text.slice(0, 70)],
    ['extended', (text: string) => `${text}0`],
    ['written twice', (text: string) => text + text],
    ['longer than any code', (text: string) => text.repeat(1_000)],
    ['empty', () => ''],
    ['some other QR code', () => 'https://example.org/?ticket=1'],
    ['not ASCII', () => '🎟️'.repeat(40)],
  ])('%s is unreadable', async (_how, change) => {
    expect(await scanAt(stub, change(code))).toMatchObject({ outcome: 'refuse', reason: 'unreadable_code' });
  });

  it('with the signature of another ticket is forged', async () => {
    const other = await codeOf(stub, await sellOne(stub));
    const [mine, theirs] = [decodeBase32(code)!, decodeBase32(other)!];
    const mixed = encodeBase32(Uint8Array.of(...mine.subarray(0, 24), ...theirs.subarray(24)));
    expect((await scanAt(stub, mixed)).reason).toBe('forged_code');
  });

  it('leaves the genuine one as it was', async () => {
    expect((await scanAt(stub, untouched)).reason).toBe('admitted');
  });
});

describe('I6: a code that a live key did sign', () => {
  const grants = { tier: 1, access: 1, flags: 0, typeNumber: 0, exceptions: 0 };

  it('for another event is told so, and is no fraud', async () => {
    const there = await freshInventory();
    const theirs = await codeOf(there.stub, await sellOne(there.stub));
    expect(await scanAt(stub, theirs)).toMatchObject({ outcome: 'refuse', reason: 'wrong_event' });
  });

  it('for a ticket that was never sold is unknown', async () => {
    const header = { keyId: 1, eventNumber, ticket: freshTicket(), generation: 1 };
    expect((await scanAt(stub, await keys.issue(header, grants))).reason).toBe('unknown_ticket');
  });

  it('of an older or a coming generation is replaced', async () => {
    const { stub: here, rules } = await freshInventory();
    const { ticketId } = await sellOne(here);
    const ticket = decodeBase32(ticketId.slice('tkt_'.length))!;
    for (const generation of [0, 2, 0xff_ff]) {
      const header = { keyId: 1, eventNumber: rules.eventNumber, ticket, generation };
      expect((await scanAt(here, await keys.issue(header, grants))).reason).toBe('replaced_code');
    }
  });

  it('under a key id that is not live is forged', async () => {
    const header = { keyId: 2, eventNumber, ticket: freshTicket(), generation: 1 };
    expect((await scanAt(stub, await keys.issue(header, grants))).reason).toBe('forged_code');
  });

  it('opens what its type opens now, not what its sealed grants claim', async () => {
    const { stub: here, rules } = await freshInventory();
    const { ticketId } = await sellOne(here);
    const ticket = decodeBase32(ticketId.slice('tkt_'.length))!;
    const header = { keyId: 1, eventNumber: rules.eventNumber, ticket, generation: 1 };
    const everywhere = await keys.issue(header, { ...grants, access: 0xff_ff });
    expect((await scanAt(here, everywhere, { gateId: 'stairs' })).reason).toBe('wrong_gate');
    const ticketTypes = [ticketType({ zones: ['hall', 'gallery'] }, Date.now())];
    await putInForce(here, { ...rules, ticketTypes }, 2);
    expect((await scanAt(here, everywhere, { gateId: 'stairs' })).reason).toBe('admitted');
  });
});
