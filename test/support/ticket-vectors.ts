import { compressPoint } from '#shared/access/device-proof.ts';
import { decodeBase32, encodeBase32 } from '#shared/encoding/base32.ts';
import type { TicketGrants, TicketHeader } from '#shared/tickets/code.ts';
import { holderSignedBytes, liveBody, writeLiveCode, type LivePass } from '#shared/tickets/live-code.ts';
import { stepMs } from '#shared/tickets/steps.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const nowMs = 1_795_000_000_000;
const step = nowMs / stepMs;
const eventNumber = 1_002;
const masterKey = Uint8Array.from({ length: 32 }, (_, index) => index);
const ticket = Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18);
const grants: TicketGrants = { tier: 3, access: 0b101, flags: 0, typeNumber: 7, exceptions: 0 };
const header = (overrides: Partial<TicketHeader> = {}): TicketHeader => ({
  keyId: 1,
  eventNumber,
  ticket,
  generation: 3,
  ...overrides,
});
/** 1 is retired in no case but the one that says so; 2 is live; 3 was retired. */
const ring = [
  { keyId: 1, state: 'live' },
  { keyId: 2, state: 'live' },
  { keyId: 3, state: 'retired' },
] as const;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const flipped = (code: string, bit: number) => {
  const bytes = decodeBase32(code) ?? new Uint8Array();
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
  return encodeBase32(bytes);
};

type Holder = { readonly privateKey: CryptoKey; readonly point: Uint8Array; readonly scalar: string };

/** A key anybody may know: the scalar is a number written down here. */
async function holderOf(jwk: { d: string; x: string; y: string }): Promise<Holder> {
  const whole = { kty: 'EC', crv: 'P-256', ...jwk };
  const privateKey = await crypto.subtle.importKey('jwk', whole, algorithm, true, ['sign']);
  const [x, y] = [Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')];
  return {
    privateKey,
    point: compressPoint(Uint8Array.of(4, ...x, ...y)),
    scalar: hex(Buffer.from(jwk.d, 'base64url')),
  };
}

async function live(pass: LivePass, { privateKey }: Holder, at = step): Promise<string> {
  const body = liveBody(pass, at);
  const signature = await crypto.subtle.sign(algorithm, privateKey, holderSignedBytes(body));
  return writeLiveCode(body, new Uint8Array(signature));
}

/** The other of the two signatures that ECDSA takes for one message. */
function twin(code: string): string {
  const bytes = decodeBase32(code) ?? new Uint8Array();
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${hex(bytes.subarray(157))}`);
  bytes.set(Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex'), 157);
  return encodeBase32(bytes);
}

/** The issuer's s raised by the group's order: the same equation, and not a signature (RFC 8032, 5.1.7). */
function unreduced(code: string): string {
  const bytes = decodeBase32(code) ?? new Uint8Array();
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${hex(bytes.subarray(56, 88).toReversed())}`);
  bytes.set(new Uint8Array(Buffer.from((s + order).toString(16).padStart(64, '0'), 'hex')).toReversed(), 56);
  return encodeBase32(bytes);
}

type Known = { readonly generation: number; readonly holderKey: string | null };
export type VectorCase = {
  readonly name: string;
  readonly code: string;
  readonly nowMs: number;
  /** What is known of the ticket; null when nothing is. */
  readonly ticket: Known | null;
  readonly result: string;
};

export async function ticketVectors() {
  const keys = ticketKeys(masterKey);
  const holder = await holderOf(await jwkOf());
  const other = await holderOf(await jwkOf());
  const known: Known = { generation: 3, holderKey: hex(holder.point) };
  const pass = await keys.issueLive(header(), grants, holder.point);
  const paper = await keys.issue(header(), grants);
  const shown = await live(pass, holder);
  const named =
    (result: string, ticketKnown: Known | null = known) =>
    (name: string, code: string, at = nowMs): VectorCase => ({ name, code, nowMs: at, ticket: ticketKnown, result });
  const cases = [
    ...(await genuine(keys, { paper, shown, holder, pass }, named)),
    ...(await refused(keys, { paper, shown, holder, other, pass }, named)),
  ];
  const gateKeys = await keys.gateKeys(
    eventNumber,
    ring.map(({ keyId }) => keyId),
  );
  return {
    about: 'Ticket codes of shared/tickets/SPEC.md. Every key here is public, and opens nothing.',
    masterKey: hex(masterKey),
    eventNumber,
    keys: gateKeys.map(({ keyId, publicKey, gateKey }, index) => ({
      keyId,
      publicKey: hex(publicKey),
      gateKey: hex(gateKey),
      state: ring[index]?.state,
    })),
    holders: [holder, other].map(({ point, scalar }) => ({ point: hex(point), scalar })),
    /** What the genuine codes say. */
    says: { ticket: hex(ticket), generation: 3, grants },
    cases,
  };
}

type Made = { readonly paper: string; readonly shown: string; readonly holder: Holder; readonly pass: LivePass };
type Named = (result: string, ticketKnown?: Known | null) => (name: string, code: string, at?: number) => VectorCase;
type Keys = ReturnType<typeof ticketKeys>;

async function genuine(keys: Keys, { paper, shown, holder, pass }: Made, named: Named): Promise<VectorCase[]> {
  const good = named('genuine');
  return [
    good('printed', paper),
    good('printed, under the second live key', await keys.issue(header({ keyId: 2 }), grants)),
    good('printed, in lower case with spaces and hyphens', ` ${paper.toLowerCase().replaceAll(/(.{10})/g, '$1- ')}\n`),
    good('printed, with O for 0 and L for 1', paper.replaceAll('0', 'O').replaceAll('1', 'L')),
    named('genuine', null)('printed, of a ticket nobody knows here', paper),
    named('genuine', { generation: 3, holderKey: null })('printed, borne by no device', paper),
    good('live', shown),
    good('live, of the step before', await live(pass, holder, step - 1)),
    good('live, of the step after', await live(pass, holder, step + 1)),
    good('live, at the last millisecond of the step after it', shown, nowMs + 2 * stepMs - 1),
    named('genuine', null)('live, of a ticket nobody knows here', shown),
    good('live, with the other of two equal ECDSA signatures', twin(shown)),
  ];
}

async function refused(
  keys: Keys,
  { paper, shown, holder, other, pass }: Made & { other: Holder },
  named: Named,
): Promise<VectorCase[]> {
  const unreadable = named('unreadable_code');
  const forged = named('forged_code');
  const stolen = named('wrong_holder');
  const stale = named('stale_code');
  const replaced = named('replaced_code');
  const theirs = await keys.issue(header({ ticket: ticket.toReversed() }), grants);
  const elsewhere = await keys.issueLive(header({ eventNumber: 7 }), grants, holder.point);
  const retired = await keys.issueLive(header({ keyId: 3 }), grants, holder.point);
  const older = header({ generation: 2 });
  return [
    unreadable('empty', ''),
    unreadable('printed, a digit short', paper.slice(0, -1)),
    unreadable('printed, a digit long', `${paper}0`),
    unreadable('printed, of version 2', flipped(flipped(paper, 6), 7)),
    unreadable('printed, calling itself live', flipped(flipped(paper, 2), 3)),
    unreadable('printed, with a U', `${paper.slice(0, 50)}U${paper.slice(51)}`),
    unreadable('live, cut to the length of a printed code', shown.slice(0, 141)),
    unreadable('live, with stray bits at the end', `${shown.slice(0, -1)}Z`),
    named('wrong_event')('printed, of another event', await keys.issue(header({ eventNumber: 7 }), grants)),
    named('wrong_event')('live, of another event', await live(elsewhere, holder)),
    named('retired_key')('printed, under a retired key', await keys.issue(header({ keyId: 3 }), grants)),
    named('retired_key')('live, under a retired key', await live(retired, holder)),
    forged('printed, under a key the event does not have', await keys.issue(header({ keyId: 9 }), grants)),
    ...[8, 50, 120, 130, 200, 500, 703].map((bit) => forged(`printed, bit ${bit} changed`, flipped(paper, bit))),
    forged('printed, with the signature of another ticket', paper.slice(0, 40) + theirs.slice(40)),
    forged('printed, with the issuer’s s not reduced', unreduced(paper)),
    forged('printed, signed with another secret', await ticketKeys(masterKey.toReversed()).issue(header(), grants)),
    ...[50, 130, 300, 500, 990].map((bit) => forged(`live, bit ${bit} changed`, flipped(shown, bit))),
    forged('live, with the key of the other phone put in', await live({ ...pass, holderKey: other.point }, other)),
    stolen('live, with another step under the same signature', flipped(shown, 487)),
    stolen('live, bit 1200 changed', flipped(shown, 1_200)),
    stolen('live, signed by the other phone', await live(pass, other)),
    named('wrong_holder', { generation: 3, holderKey: hex(other.point) })(
      'live, of a key that is not registered',
      shown,
    ),
    named('wrong_holder', { generation: 3, holderKey: null })('live, borne by no device', shown),
    replaced('printed, of the generation before', await keys.issue(older, grants)),
    replaced('printed, of the generation to come', await keys.issue(header({ generation: 4 }), grants)),
    replaced('live, of the generation before', await live(await keys.issueLive(older, grants, holder.point), holder)),
    stale('live, two steps old', await live(pass, holder, step - 2)),
    stale('live, two steps ahead', await live(pass, holder, step + 2)),
    stale('live, when the step after it is over', shown, nowMs + 2 * stepMs),
    stale('live, of the first step there was', await live(pass, holder, 0)),
  ];
}

async function jwkOf(): Promise<{ d: string; x: string; y: string }> {
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const { d = '', x = '', y = '' } = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey;
  return { d, x, y };
}
