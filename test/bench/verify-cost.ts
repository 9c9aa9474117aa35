import { decodeBase32 } from '#shared/encoding/base32.ts';
import { buildManifest, revokedIn } from '#shared/gate/manifest.ts';
import { decideAlone, type LoneGate } from '#shared/gate/offline.ts';
import { signedBytes } from '#shared/tickets/code.ts';
import { decompressPoint } from '#shared/tickets/public-keys.ts';
import { holderSignedBytes, readLiveCode } from '#shared/tickets/live-code.ts';
import { importGateKey, sealOrOpen } from '#shared/tickets/web-crypto.ts';
import { vectorChecks, vectors } from '#test/support/judge-codes.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';
import { fromHex } from '#test/support/wycheproof.ts';

/**
 * What a gate on its own spends on one scan of a live code, beside what its two signatures cost and nothing else. Both are
 * asked one after the other, with keys imported beforehand, and both check the two signatures at once.
 */
export type Asked = 'decision' | 'bare';

const vector = vectors.cases.find(({ name }) => name === 'live')!;
const { subtle } = crypto;

async function gateOnItsOwn(): Promise<LoneGate> {
  const type = ticketType({ code: 'live_only', entry: { kind: 'count', entries: 9 } }, vector.nowMs);
  const rules = eventRules({ eventNumber: vectors.eventNumber, ticketTypes: [type] }, vector.nowMs);
  const ring = [{ keyId: 1, fromMs: 0, retiredAtMs: undefined }];
  const facts = { sequence: 1, rulesVersion: 1, rules, ring, types: { 7: type.id }, nowMs: vector.nowMs };
  const gateKey = await importGateKey(subtle, fromHex(vectors.keys[0]!.gateKey));
  const manifest = buildManifest({ ...facts, revocations: {} }, [{ keyId: 1, publicKey: '', gateKey: '' }]);
  return {
    manifest,
    revoked: revokedIn(manifest),
    gate: rules.gates[0]!,
    checks: await vectorChecks(subtle),
    open: ({ headerBytes, sealedGrants }) => sealOrOpen(subtle, gateKey, headerBytes, sealedGrants),
    usedSoFar: () => undefined,
  };
}

async function decision(): Promise<() => Promise<boolean>> {
  const gate = await gateOnItsOwn();
  const attempt = {
    now: vector.nowMs,
    direction: 'in' as const,
    identity: 'none' as const,
    occupancy: () => 0,
    mainIsIn: () => false,
  };
  return async () => {
    const decided = await decideAlone(vector.code, gate, attempt);
    return decided.kind === 'decided' && decided.admission.verdict.reason === 'admitted';
  };
}

async function bare(): Promise<() => Promise<boolean>> {
  const code = readLiveCode(vector.code)!;
  const issuer = await subtle.importKey('raw', fromHex(vectors.keys[0]!.publicKey), 'Ed25519', false, ['verify']);
  const point = decompressPoint(code.holderKey) as Uint8Array<ArrayBuffer>;
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const holder = await subtle.importKey('raw', point, ecdsa, false, ['verify']);
  const copy = (bytes: Uint8Array) => Uint8Array.from(bytes);
  const issued = copy(signedBytes(code.headerBytes, code.sealedGrants, code.holderKey));
  const held = copy(holderSignedBytes(code.body));
  const [signature, holderSignature] = [copy(code.signature), copy(code.holderSignature)];
  return async () => {
    const both = await Promise.all([
      subtle.verify('Ed25519', issuer, signature, issued),
      subtle.verify(ecdsa, holder, holderSignature, held),
    ]);
    return both[0] && both[1];
  };
}

const ready: Partial<Record<Asked, () => Promise<boolean>>> = {};

/** Does it `times` times; throws when an answer was not the right one. */
export async function repeat(asked: Asked, times: number): Promise<void> {
  const once = ready[asked] ?? (await (asked === 'decision' ? decision() : bare()));
  ready[asked] = once;
  for (let round = 0; round < times; round += 1) if (!(await once())) throw new Error(`A wrong ${asked}`);
}

/** For runtimes with a clock that goes on while they work. */
export async function timed(asked: Asked, times: number): Promise<number> {
  const startedAtMs = performance.now();
  await repeat(asked, times);
  return performance.now() - startedAtMs;
}

/** Bytes of the code, for a note. */
export const codeLength = decodeBase32(vector.code)!.length;
