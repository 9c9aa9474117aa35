import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { only, type IssuedCode } from '#objects/event-inventory/client.ts';
import { decodeBase32, encodeBase32 } from '#shared/encoding/base32.ts';
import { headerLength, readPrintedCode, type CodeForm } from '#shared/tickets/code.ts';
import { readLiveCode, writePass } from '#shared/tickets/live-code.ts';
import { issuedBytes, readCode } from '#shared/tickets/verify.ts';
import type { TicketVerifier } from '#shared/tickets/keys.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { activateTicket } from '#workers/operations/activate-ticket.ts';
import { ticketCodeView } from '#workers/operations/ticket-code-view.ts';
import { servicesOf } from '#workers/services.ts';
import { environment, keys } from '#test/support/environment.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  type InventoryStub,
  reissue,
  scanAt,
  scanRequest,
  sellOne,
} from '#test/support/inventory.ts';
import { activated, activationRequest, newHolder, sentPass, showLive } from '#test/support/live-codes.ts';
import { ticketType } from '#test/support/rules.ts';

const type = ticketType({ code: 'live_for_reentry', entry: { kind: 'count', entries: 1_000 } }, Date.now());
const services = servicesOf(environment);

const sha256 = async (bytes: Uint8Array) => toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
async function digestOf(ticketId: string, text: string): Promise<IssuedCode> {
  const { form, header, ...rest } = readCode(text)!;
  const digest = await sha256(issuedBytes({ form, header, ...rest } as NonNullable<ReturnType<typeof readCode>>));
  return { ticketId, form, generation: header.generation, keyId: header.keyId, digest };
}
async function twoCodes(stub: InventoryStub) {
  const { ticketId } = await sellOne(stub);
  const holder = await newHolder();
  const paper = await codeOf(stub, { ticketId });
  const pass = await activated(stub, holder, ticketId);
  return { ticketId, paper, holder, pass, live: await showLive(pass, holder) };
}

/** Verdict reasons of a code in an inventory that counts how often it asks the issuer's key. */
async function reasonOf(stub: InventoryStub, code: string): Promise<{ reason: string; asked: number }> {
  let asked = 0;
  const verifier: TicketVerifier = {
    ...keys,
    isIssued: (...args) => {
      asked += 1;
      return keys.isIssued(...args);
    },
  };
  const answer = await insideInventory(stub, { verifier }, ({ inventory }) => inventory.scanMany([scanRequest(code)]));
  const verdict = only(answer);
  return { reason: verdict.ok ? verdict.value.reason : verdict.failure.code, asked };
}

describe('a code the inventory remembers issuing', () => {
  it('is admitted without asking the issuer’s key again; the holder’s is asked all the same', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId, paper, live, pass } = await twoCodes(stub);
    expect(await reasonOf(stub, paper)).toEqual({ reason: 'admitted', asked: 1 });
    expect(await reasonOf(stub, live)).toEqual({ reason: 'admitted', asked: 1 });
    await stub.keepDigests([await digestOf(ticketId, paper), await digestOf(ticketId, live)]);
    expect(await reasonOf(stub, live)).toEqual({ reason: 'admitted', asked: 0 });
    expect(await reasonOf(stub, await showLive(pass, await newHolder()))).toEqual({ reason: 'wrong_holder', asked: 0 });
    expect(await reasonOf(stub, paper)).toEqual({ reason: 'downgraded_code', asked: 0 });
  });

  it('is remembered by whoever shows it, once', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId } = await sellOne(stub);
    const ticket = async () => only(await stub.showTickets([ticketId]));
    const holder = await newHolder();
    expect((await ticket()).code?.isDigestKept).toBe(false);
    await ticketCodeView(services, await ticket());
    expect((await ticket()).code?.isDigestKept).toBe(true);
    const { eventId } = await ticket();
    const answer = await activateTicket(services, eventId, await activationRequest(holder, ticketId));
    expect((await ticket()).live?.isDigestKept).toBe(true);
    if (!answer.ok) throw new Error(answer.failure.code);
    const live = await showLive(sentPass(answer.value.pass), holder, answer.value.nowMs);
    expect(await reasonOf(stub, live)).toEqual({ reason: 'admitted', asked: 0 });
  });

  it('is forgotten when the ticket is made out anew, and an old digest is not taken', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId, paper } = await twoCodes(stub);
    const digest = await digestOf(ticketId, paper);
    await stub.keepDigests([digest]);
    await reissue(stub, ticketId);
    await stub.keepDigests([digest]);
    expect(only(await stub.showTickets([ticketId])).code?.isDigestKept).toBe(false);
    expect((await scanAt(stub, paper)).reason).toBe('replaced_code');
    expect((await scanAt(stub, await codeOf(stub, { ticketId }))).reason).toBe('admitted');
  });

  it('needs a digest to be remembered: anything else is refused', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId, paper } = await twoCodes(stub);
    const digest = await digestOf(ticketId, paper);
    for (const wrong of ['', '%', 'A'.repeat(44), `${digest.digest}=`]) {
      expect(only(await stub.keepDigests([{ ...digest, digest: wrong }]))).toMatchObject({ ok: false });
    }
    expect(only(await stub.showTickets([ticketId])).code?.isDigestKept).toBe(false);
  });

  it('with the digest of something else is verified as if there were none: a genuine code is never refused for it', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const [one, two] = [await twoCodes(stub), await twoCodes(stub)];
    const theirs = { ...(await digestOf(two.ticketId, two.paper)), ticketId: one.ticketId };
    await stub.keepDigests([theirs]);
    expect(await reasonOf(stub, one.paper)).toEqual({ reason: 'admitted', asked: 1 });
    expect(await reasonOf(stub, two.paper)).toEqual({ reason: 'admitted', asked: 1 });
  });
});

describe('I6: nothing is accepted for a digest that is refused without', () => {
  const bits: Record<CodeForm, number> = { printed: 704, live: 1_512 };
  const change = fc.oneof(
    { weight: 6, arbitrary: fc.record({ how: fc.constant('flip' as const), at: fc.nat(100_000) }) },
    { weight: 1, arbitrary: fc.record({ how: fc.constant('graft' as const), at: fc.constantFrom(10, 24, 57, 61) }) },
  );
  const mutate = (form: CodeForm, own: string, other: string, { how, at }: { how: 'flip' | 'graft'; at: number }) => {
    const [mine, theirs] = [decodeBase32(own)!, decodeBase32(other)!];
    if (how === 'graft') return encodeBase32(Uint8Array.of(...mine.subarray(0, at), ...theirs.subarray(at)));
    const bit = at % bits[form];
    mine[bit >> 3]! ^= 0x80 >> (bit & 7);
    return encodeBase32(mine);
  };

  it('tampered H, C, key, step and signatures, and parts of another ticket', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    // Two tickets whose codes are remembered, two whose codes are not.
    const [kept, keptToo, bare, bareToo] = await Promise.all(Array.from({ length: 4 }, () => twoCodes(stub)));
    for (const { ticketId, paper, live } of [kept!, keptToo!]) {
      await stub.keepDigests([await digestOf(ticketId, paper), await digestOf(ticketId, live)]);
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<CodeForm>('printed', 'live'), change, async (form, how) => {
        const text = ({ paper, live }: typeof kept & object) => (form === 'printed' ? paper : live);
        const [withDigest, without] = await Promise.all([
          scanAt(stub, mutate(form, text(kept!), text(keptToo!), how)),
          scanAt(stub, mutate(form, text(bare!), text(bareToo!), how)),
        ]);
        expect(withDigest.reason).toBe(without.reason);
        expect(['grant', 'partial']).not.toContain(withDigest.outcome);
      }),
      { numRuns: 250 },
    );
  });

  it('a digest of C alone, of H and C, or of a signature alone is worth nothing', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId, paper, pass } = await twoCodes(stub);
    const { headerBytes, sealedGrants, signature } = readPrintedCode(paper)!;
    const forged = encodeBase32(Uint8Array.of(...headerBytes, ...sealedGrants, ...new Uint8Array(64)));
    const whole = decodeBase32(paper)!;
    for (const part of [sealedGrants, whole.subarray(0, headerLength + 8), signature, writePass(pass)]) {
      const base = await digestOf(ticketId, paper);
      await stub.keepDigests([{ ...base, digest: await sha256(part) }]);
      expect((await scanAt(stub, forged)).reason).toBe('forged_code');
    }
  });

  it('a printed code’s digest does not vouch for a live one', async () => {
    const { stub } = await freshInventory({ ticketTypes: [type] });
    const { ticketId, paper, holder, pass } = await twoCodes(stub);
    await stub.keepDigests([await digestOf(ticketId, paper)]);
    const forged = await showLive({ ...pass, signature: readPrintedCode(paper)!.signature }, holder);
    expect(readLiveCode(forged)).toBeDefined();
    expect((await scanAt(stub, forged)).reason).toBe('forged_code');
  });
});
