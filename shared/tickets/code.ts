import { decodeBase32, encodeBase32 } from '../encoding/base32.ts';

/**
 * The printed ticket code: H (16 clear bytes), C (8 opaque bytes), an Ed25519 signature (64 bytes), in Base32, which a
 * QR code holds in its alphanumeric mode: 141 characters, version 6-M.
 *
 * H: form and version 1, key id 1, event number 4, ticket 8, generation 2; big-endian.
 * C: tier 1, access bits 2, flags 1, exceptions 4; sealed with a key stream that depends on H alone.
 */
export type TicketHeader = {
  readonly keyId: number;
  readonly eventNumber: number;
  /** Eight random bytes. */
  readonly ticket: Uint8Array;
  /** Raised by every change to what a code says or who may show it; older generations are refused. */
  readonly generation: number;
};

export type TicketGrants = {
  readonly tier: number;
  /** One bit a zone. */
  readonly access: number;
  readonly flags: number;
  readonly exceptions: number;
};

const printedForm = 0x11;
export const headerLength = 16;
export const grantsLength = 8;
export const signatureLength = 64;
const codeLength = headerLength + grantsLength + signatureLength;
/** Characters of a printed code. */
export const printedCodeLength = Math.ceil((codeLength * 8) / 5);

const signatureDomain = Uint8Array.from('expo-ticketing/ticket-code/1\n', (character) => character.charCodeAt(0));

export type PrintedCode = {
  readonly header: TicketHeader;
  readonly headerBytes: Uint8Array;
  readonly sealedGrants: Uint8Array;
  readonly signature: Uint8Array;
};

export function encodeHeader(header: TicketHeader): Uint8Array {
  const bytes = new Uint8Array(headerLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, printedForm);
  view.setUint8(1, header.keyId);
  view.setUint32(2, header.eventNumber);
  bytes.set(header.ticket, 6);
  view.setUint16(14, header.generation);
  return bytes;
}

export function encodeGrants(grants: TicketGrants): Uint8Array {
  const bytes = new Uint8Array(grantsLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, grants.tier);
  view.setUint16(1, grants.access);
  view.setUint8(3, grants.flags);
  view.setUint32(4, grants.exceptions);
  return bytes;
}

/** The bytes an issuer signs: the domain keeps a ticket's signature from meaning anything elsewhere. */
export function signedBytes(headerBytes: Uint8Array, sealedGrants: Uint8Array): Uint8Array {
  return concat(signatureDomain, headerBytes, sealedGrants);
}

export function writePrintedCode(headerBytes: Uint8Array, sealedGrants: Uint8Array, signature: Uint8Array): string {
  return encodeBase32(concat(headerBytes, sealedGrants, signature));
}

/** Reads the shape only; the signature is still to be verified. Undefined when it is no printed code. */
export function readPrintedCode(text: string): PrintedCode | undefined {
  if (text.length !== printedCodeLength) return undefined;
  const bytes = decodeBase32(text);
  if (bytes === undefined || bytes.length !== codeLength || bytes[0] !== printedForm) return undefined;
  const headerBytes = bytes.subarray(0, headerLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    header: {
      keyId: view.getUint8(1),
      eventNumber: view.getUint32(2),
      ticket: bytes.slice(6, 14),
      generation: view.getUint16(14),
    },
    headerBytes,
    sealedGrants: bytes.subarray(headerLength, headerLength + grantsLength),
    signature: bytes.subarray(headerLength + grantsLength),
  };
}

function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
