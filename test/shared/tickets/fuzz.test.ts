import { beforeAll, describe, expect, it } from 'vitest';
import { isDowngraded } from '#shared/admission/code-form.ts';
import { compressPoint } from '#shared/access/device-proof.ts';
import { decodeBase32, normaliseTyped } from '#shared/encoding/base32.ts';
import { ticketIdOf } from '#shared/ids.ts';
import type { TicketHeader } from '#shared/tickets/code.ts';
import { holderSignedBytes, liveBody, writeLiveCode, type LivePass } from '#shared/tickets/live-code.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import { verifyCode, type CodeFacts } from '#shared/tickets/verify.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';
import { mutations, seeded } from '#test/support/mutate-codes.ts';
import { noon, ticketType } from '#test/support/rules.ts';

const count = Number(process.env['FUZZ_CODES'] ?? 200_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const batch = 1_000;

const keys = ticketKeys(new Uint8Array(32).fill(5));
const strangers = ticketKeys(new Uint8Array(32).fill(6));
const grants = { tier: 1, access: 1, flags: 0, typeNumber: 1, exceptions: 0 };
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const printedTicket = new Uint8Array(8).fill(1);
const liveTicket = new Uint8Array(8).fill(2);
const types = new Map([
  [ticketIdOf(printedTicket), ticketType()],
  [ticketIdOf(liveTicket), ticketType({ code: 'live_only' })],
]);
const header = (ticket: Uint8Array, overrides: Partial<TicketHeader> = {}) => ({
  keyId: 1,
  eventNumber: 40,
  ticket,
  generation: 2,
  ...overrides,
});

let holderKey: Uint8Array;
let sign: (pass: LivePass, step: number) => Promise<string>;
let genuine: readonly string[];

beforeAll(async () => {
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  holderKey = compressPoint(new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer));
  sign = async (pass, step) => {
    const body = liveBody(pass, step);
    const message = holderSignedBytes(body) as Uint8Array<ArrayBuffer>;
    return writeLiveCode(body, new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, message)));
  };
  const paper = await keys.issue(header(printedTicket), grants);
  const pass = await keys.issueLive(header(liveTicket), grants, holderKey);
  genuine = [paper, await sign(pass, stepAt(noon))];
});

const facts: CodeFacts = {
  eventNumber: 40,
  ring: [
    { keyId: 1, fromMs: 0, retiredAtMs: undefined },
    { keyId: 2, fromMs: 0, retiredAtMs: 0 },
  ],
  now: noon,
  ticket: () => ({ isReplaced: (shown) => shown !== 2, holderKey }),
};

/** As a gate decides it, before the rules of time and place. */
async function isAccepted(text: string): Promise<boolean> {
  const verified = await verifyCode(text, facts, keys);
  if (verified.kind === 'refused') return false;
  const type = types.get(verified.ticketId);
  return type !== undefined && !isDowngraded(type, verified.code.form, { entries: 0, purpose: 'in' });
}

const bytesOf = (text: string) => decodeBase32(normaliseTyped(text))?.toString();

describe('I6: codes that were not issued as they are', () => {
  it(
    `${count} mutated ones: none is accepted, none throws`,
    async () => {
      const pick = seeded(seed);
      const names = Object.keys(mutations);
      const originals = new Set(genuine.map(bytesOf));
      const accepted: string[] = [];
      for (let made = 0; made < count; made += batch) {
        const codes = Array.from({ length: Math.min(batch, count - made) }, () => {
          const [code = '', other = ''] = pick(2) === 0 ? genuine : genuine.toReversed();
          const mutated = mutations[names[pick(names.length)] ?? '']?.(code, other, pick) ?? '';
          return pick(4) === 0 ? mutated.toLowerCase() : mutated;
        });
        // A byte set to what it was is no mutation, however it is spelled.
        const changed = codes.filter((code) => !originals.has(bytesOf(code)));
        const answers = await Promise.all(changed.map(isAccepted));
        accepted.push(...changed.filter((_, index) => answers[index]));
      }
      expect({ seed, accepted }).toEqual({ seed, accepted: [] });
    },
    30_000 + count,
  );

  it('lower case, spaces and look-alikes are the same code: both genuine ones are accepted so', async () => {
    for (const code of genuine) {
      expect(await isAccepted(code)).toBe(true);
      expect(await isAccepted(` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')}\r\n`)).toBe(true);
      expect(await isAccepted(code.replaceAll(/(.{5})/g, '$1-'))).toBe(true);
    }
  });

  it('genuinely signed for something else: none is accepted', async () => {
    const issued = async (overrides: Partial<TicketHeader>, by = keys) => [
      await by.issue(header(printedTicket, overrides), grants),
      await sign(await by.issueLive(header(liveTicket, overrides), grants, holderKey), stepAt(noon)),
    ];
    const pass = await keys.issueLive(header(liveTicket), grants, holderKey);
    const steps = [-1_000, -3, -2, 2, 3, 1_000].map((by) => stepAt(noon) + by);
    const wrong = {
      event: await issued({ eventNumber: 41 }),
      keyRetired: await issued({ keyId: 2 }),
      keyUnknown: await issued({ keyId: 3 }),
      secret: await issued({}, strangers),
      replaced: await issued({ generation: 1 }),
      coming: await issued({ generation: 3 }),
      expiredOrFuture: await Promise.all(steps.map((step) => sign(pass, step))),
      downgraded: [await keys.issue(header(liveTicket), grants)],
    };
    for (const [how, codes] of Object.entries(wrong)) {
      const answers = await Promise.all(codes.map(isAccepted));
      expect([how, ...answers]).toEqual([how, ...codes.map(() => false)]);
    }
  });
});
