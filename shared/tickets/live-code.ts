import { asciiBytes, concatBytes } from '../encoding/bytes.ts';
import { decodeBase32, encodeBase32 } from '../encoding/base32.ts';
import { decodeHeader, formBytes, grantsLength, headerLength, signatureLength, type TicketHeader } from './code.ts';

/**
 * The live form: what the issuer signed once, when a device was activated (H, C, the device's key, signature), and what the
 * device adds every ten seconds with no network: the step, and its own signature over everything before it. 189 bytes,
 * 303 characters, QR version 10-M.
 */
export type LiveCode = {
  readonly form: 'live';
  readonly header: TicketHeader;
  readonly headerBytes: Uint8Array;
  readonly sealedGrants: Uint8Array;
  /** The holder's P-256 point, compressed (SEC 1, 2.3.3). */
  readonly holderKey: Uint8Array;
  readonly step: number;
  /** The issuer's, Ed25519. */
  readonly signature: Uint8Array;
  /** The holder's, ECDSA P-256 with SHA-256, as r and s. */
  readonly holderSignature: Uint8Array;
  /** Everything the holder signed, but for the domain. */
  readonly body: Uint8Array;
};

/** What a device keeps to write its codes: all but step and holder's signature. */
export type LivePass = Pick<LiveCode, 'headerBytes' | 'sealedGrants' | 'holderKey' | 'signature'>;

export const holderKeyLength = 33;
const stepLength = 4;
const keyAt = headerLength + grantsLength;
const stepAt = keyAt + holderKeyLength;
const signatureAt = stepAt + stepLength;
const bodyLength = signatureAt + signatureLength;
const codeLength = bodyLength + signatureLength;
/** Bytes of a pass: H, C, key, signature. */
const passLength = bodyLength - stepLength;
/** Characters of a live code. */
export const liveCodeLength = Math.ceil((codeLength * 8) / 5);

const holderDomain = asciiBytes('expo-ticketing/live-code/1\n');

/** The code's bytes up to the holder's signature. */
export function liveBody({ headerBytes, sealedGrants, holderKey, signature }: LivePass, step: number): Uint8Array {
  const stepBytes = new Uint8Array(stepLength);
  new DataView(stepBytes.buffer).setUint32(0, step);
  return concatBytes(headerBytes, sealedGrants, holderKey, stepBytes, signature);
}

/** What the holder signs. */
export function holderSignedBytes(body: Uint8Array): Uint8Array {
  return concatBytes(holderDomain, body);
}

export function writeLiveCode(body: Uint8Array, holderSignature: Uint8Array): string {
  return encodeBase32(concatBytes(body, holderSignature));
}

/** Reads the shape only; both signatures are still to be verified. Undefined when it is no live code. */
export function readLiveCode(text: string): LiveCode | undefined {
  if (text.length !== liveCodeLength) return undefined;
  const bytes = decodeBase32(text);
  if (bytes === undefined || bytes.length !== codeLength || bytes[0] !== formBytes.live) return undefined;
  return {
    form: 'live',
    header: decodeHeader(bytes),
    headerBytes: bytes.subarray(0, headerLength),
    sealedGrants: bytes.subarray(headerLength, keyAt),
    holderKey: bytes.subarray(keyAt, stepAt),
    step: new DataView(bytes.buffer, bytes.byteOffset).getUint32(stepAt),
    signature: bytes.subarray(signatureAt, bodyLength),
    holderSignature: bytes.subarray(bodyLength),
    body: bytes.subarray(0, bodyLength),
  };
}

/** A pass as one run of bytes, to be sent to its device and kept there. */
export function writePass({ headerBytes, sealedGrants, holderKey, signature }: LivePass): Uint8Array {
  return concatBytes(headerBytes, sealedGrants, holderKey, signature);
}

export function readPass(bytes: Uint8Array): LivePass | undefined {
  if (bytes.length !== passLength || bytes[0] !== formBytes.live) return undefined;
  return {
    headerBytes: bytes.subarray(0, headerLength),
    sealedGrants: bytes.subarray(headerLength, keyAt),
    holderKey: bytes.subarray(keyAt, stepAt),
    signature: bytes.subarray(stepAt),
  };
}
