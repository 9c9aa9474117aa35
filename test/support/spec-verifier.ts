import { createDecipheriv, createPublicKey, verify } from 'node:crypto';

/**
 * A verifier written from shared/tickets/SPEC.md alone: nothing of ours is imported, and node:crypto does what WebCrypto does
 * elsewhere. That it answers every vector as ours does is what shows the specification to be complete.
 */
export type SpecFacts = {
  readonly eventNumber: number;
  readonly keys: readonly { keyId: number; publicKey: string; gateKey: string; state: string }[];
  readonly nowMs: number;
  readonly ticket: { readonly generation: number; readonly holderKey: string | null } | null;
};

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function bytesOf(text: string): Buffer | undefined {
  const code = text.replaceAll(/[\s\u{200B}\u{FEFF}-]/gu, '').toUpperCase();
  const values = [...code.replaceAll('O', '0').replaceAll(/[IL]/g, '1')].map((digit) => digits.indexOf(digit));
  if (values.includes(-1) || (values.length !== 141 && values.length !== 303)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const whole = bits.length - (bits.length % 8);
  if (bits.slice(whole).includes('1')) return undefined;
  return Buffer.from((bits.slice(0, whole).match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

const spki = (prefix: string, key: Buffer) => {
  const der = Buffer.concat([Buffer.from(prefix, 'hex'), key]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
};

function isIssued(publicKey: string, message: Buffer, signature: Buffer): boolean {
  return verify(null, message, spki('302a300506032b6570032100', Buffer.from(publicKey, 'hex')), signature);
}

function isHeld(point: Buffer, message: Buffer, signature: Buffer): boolean {
  try {
    const key = spki('3039301306072a8648ce3d020106082a8648ce3d030107032200', point);
    return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

export function specResult(text: string, { eventNumber, keys, nowMs, ticket }: SpecFacts): string {
  const code = bytesOf(text);
  const isPrinted = code?.length === 88 && code[0] === 0x11;
  if (code === undefined || (!isPrinted && !(code.length === 189 && code[0] === 0x21))) return 'unreadable_code';
  const issuerAt = isPrinted ? 24 : 61;
  const [h, c, k] = [code.subarray(0, 16), code.subarray(16, 24), isPrinted ? Buffer.alloc(0) : code.subarray(24, 57)];
  if (h.readUInt32BE(2) !== eventNumber) return 'wrong_event';
  const key = keys.find(({ keyId }) => keyId === h[1]);
  if (key?.state === 'retired') return 'retired_key';
  const signed = Buffer.concat([Buffer.from('expo-ticketing/ticket-code/1\n'), h, c, k]);
  const s = code.subarray(issuerAt, issuerAt + 64);
  if (key === undefined || !isIssued(key.publicKey, signed, s)) return 'forged_code';
  const held = Buffer.concat([Buffer.from('expo-ticketing/live-code/1\n'), code.subarray(0, 125)]);
  if (!isPrinted && !isHeld(k, held, code.subarray(125))) return 'wrong_holder';
  if (ticket !== null && h.readUInt16BE(14) !== ticket.generation) return 'replaced_code';
  if (isPrinted) return 'genuine';
  if (ticket !== null && ticket.holderKey !== k.toString('hex')) return 'wrong_holder';
  return Math.abs(code.readUInt32BE(57) - Math.floor(nowMs / 10_000)) > 1 ? 'stale_code' : 'genuine';
}

/** What a code's H says and its C, opened. */
export function specSays(text: string, { keys }: Pick<SpecFacts, 'keys'>) {
  const code = bytesOf(text) ?? Buffer.alloc(24);
  const gateKey = Buffer.from(keys.find(({ keyId }) => keyId === code[1])?.gateKey ?? '', 'hex');
  const c = createDecipheriv('aes-128-ctr', gateKey, code.subarray(0, 16)).update(code.subarray(16, 24));
  return {
    ticket: code.toString('hex', 6, 14),
    generation: code.readUInt16BE(14),
    grants: {
      tier: c[0],
      access: c.readUInt16BE(1),
      flags: c[3],
      typeNumber: c[4],
      exceptions: c.readUIntBE(5, 3),
    },
  };
}
