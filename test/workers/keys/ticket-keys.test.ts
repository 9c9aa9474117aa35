import { beforeAll, describe, expect, it } from 'vitest';
import { readPrintedCode, type PrintedCode, type TicketGrants, type TicketHeader } from '#shared/tickets/code.ts';
import { checkSignatures, type TicketCode } from '#shared/tickets/verify.ts';
import { ticketKeys, type TicketKeys } from '#workers/keys/ticket-keys.ts';
import { keys } from '#test/support/environment.ts';

const grants: TicketGrants = { tier: 2, access: 5, flags: 0, typeNumber: 3, exceptions: 0 };
const header = (overrides: Partial<TicketHeader> = {}): TicketHeader => ({
  keyId: 1,
  eventNumber: 40,
  ticket: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  generation: 1,
  ...overrides,
});
const issued = async (overrides: Partial<TicketHeader> = {}, given = grants, by = keys): Promise<PrintedCode> => {
  const code = readPrintedCode(await by.issue(header(overrides), given));
  if (code === undefined) throw new Error('The issued code cannot be read');
  return code;
};
const ring = [
  { keyId: 1, fromMs: 0, retiredAtMs: undefined },
  { keyId: 2, fromMs: 0, retiredAtMs: undefined },
];
/** As the event that a code names would verify it. */
const isGenuine = async (code: TicketCode, by: TicketKeys = keys) =>
  (await checkSignatures(code, { eventNumber: code.header.eventNumber, ring, now: 1 }, by)) === 'genuine';
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('I6: an issued code', () => {
  let code: PrintedCode;
  beforeAll(async () => {
    code = await issued();
  });

  it('verifies, and says what it was issued for', async () => {
    expect(await isGenuine(code)).toBe(true);
    expect(code.header).toEqual(header());
  });

  it('is the same each time, so that none needs storing', async () => {
    expect(await keys.issue(header(), grants)).toBe(await keys.issue(header(), grants));
  });

  it('is the same from another process with the same secret, and is nothing to one with another', async () => {
    const secret = new Uint8Array(32).fill(7);
    const [one, two] = [ticketKeys(secret), ticketKeys(Uint8Array.from(secret))];
    const theirs = await issued({}, grants, one);
    expect(await issued({}, grants, two)).toEqual(theirs);
    expect(await isGenuine(theirs, two)).toBe(true);
    expect(await isGenuine(theirs)).toBe(false);
    expect(await isGenuine(code, one)).toBe(false);
  });

  it('does not verify with one bit of its signature changed', async () => {
    for (const at of [0, 31, 32, 63]) {
      const signature = code.signature.slice();
      signature[at]! ^= 1;
      expect(await isGenuine({ ...code, signature })).toBe(false);
    }
  });

  it('does not verify under the header of another event: each has keys of its own', async () => {
    const other = await issued({ eventNumber: 41 });
    expect(other.signature).not.toEqual(code.signature);
    expect(await isGenuine({ ...other, signature: code.signature })).toBe(false);
    expect(await isGenuine({ ...code, header: other.header })).toBe(false);
  });

  it('verifies under each live key of its event, and each signs differently', async () => {
    const [one, two] = [await issued({ keyId: 1 }), await issued({ keyId: 2 })];
    expect([await isGenuine(one), await isGenuine(two)]).toEqual([true, true]);
    expect(await isGenuine({ ...one, signature: two.signature })).toBe(false);
  });

  it.each([0, 3, 255])('under key id %i, which the event does not have, is not even looked at', async (keyId) => {
    const unknown = await issued({ keyId });
    const checks = { isIssued: () => Promise.reject(new Error('A key was derived')), isHeld: keys.isHeld };
    const facts = { eventNumber: 40, ring, now: 1 };
    expect(await checkSignatures(unknown, facts, checks)).toBe('unchecked');
    expect(await checkSignatures(await issued({ eventNumber: 41 }), facts, checks)).toBe('unchecked');
  });
});

describe('what a code grants', () => {
  it('is opaque: two tickets with the same grants share no sealed bytes', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 32 }, async (_, index) => {
        const { sealedGrants } = await issued({ ticket: new Uint8Array(8).fill(index) });
        return hex(sealedGrants);
      }),
    );
    expect(new Set(sealed).size).toBe(32);
    expect(sealed).not.toContain('0200050003000000');
  });

  it.each([
    ['another generation', { generation: 2 }],
    ['another event', { eventNumber: 41 }],
  ])('is sealed afresh for %s', async (_what, overrides) => {
    expect((await issued(overrides)).sealedGrants).not.toEqual((await issued()).sealedGrants);
  });
});
