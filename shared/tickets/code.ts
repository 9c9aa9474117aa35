import { asciiBytes, concatBytes } from '../encoding/bytes.ts';
import { decodeBase32, encodeBase32 } from '../encoding/base32.ts';

/**
 * What both forms of a ticket code begin with: H (16 clear bytes) and C (8 opaque bytes); and the printed form, which adds an
 * Ed25519 signature (64 bytes). In Base32, which a QR code holds in its alphanumeric mode: 141 characters, version 6-M.
 * SPEC.md beside this file says it all, for those who write a verifier of their own.
 *
 * H: form and version 1, key id 1, event number 4, ticket 8, generation 2; big-endian.
 * C: tier 1, access bits 2, flags 1, type number 1, exceptions 3; sealed with a key stream that depends on H alone.
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
  /** The event's own number for the ticket type, by which a gate without network finds its rules. 0: not said. */
  readonly typeNumber: number;
  /** Three bytes. */
  readonly exceptions: number;
};

/** `live` codes carry their holder's key and a signature of the moment; a `printed` one is the same all its life. */
export type CodeForm = 'printed' | 'live';

/** Form in the upper half, version in the lower. */
export const formBytes: Readonly<Record<CodeForm, number>> = { printed: 0x11, live: 0x21 };

export const headerLength = 16;
export const grantsLength = 8;
export const signatureLength = 64;
const codeLength = headerLength + grantsLength + signatureLength;
/** Characters of a printed code. */
export const printedCodeLength = Math.ceil((codeLength * 8) / 5);
/** The header gives the generation two bytes. */
export const lastGeneration = 0xff_ff;

const issuerDomain = asciiBytes('expo-ticketing/ticket-code/1\n');

export type PrintedCode = {
  readonly form: 'printed';
  readonly header: TicketHeader;
  readonly headerBytes: Uint8Array;
  readonly sealedGrants: Uint8Array;
  /** The issuer's. */
  readonly signature: Uint8Array;
};

export function encodeHeader(form: CodeForm, header: TicketHeader): Uint8Array {
  const bytes = new Uint8Array(headerLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, formBytes[form]);
  view.setUint8(1, header.keyId);
  view.setUint32(2, header.eventNumber);
  bytes.set(header.ticket, 6);
  view.setUint16(14, header.generation);
  return bytes;
}

/** Reads the first bytes of either form. */
export function decodeHeader(bytes: Uint8Array): TicketHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    keyId: view.getUint8(1),
    eventNumber: view.getUint32(2),
    ticket: bytes.slice(6, 14),
    generation: view.getUint16(14),
  };
}

export function encodeGrants(grants: TicketGrants): Uint8Array {
  const bytes = new Uint8Array(grantsLength);
  const view = new DataView(bytes.buffer);
  // The exceptions' lower three bytes; what lies over them is written after, by the type number.
  view.setUint32(4, grants.exceptions);
  view.setUint8(0, grants.tier);
  view.setUint16(1, grants.access);
  view.setUint8(3, grants.flags);
  view.setUint8(4, grants.typeNumber);
  return bytes;
}

export function decodeGrants(bytes: Uint8Array): TicketGrants {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    tier: view.getUint8(0),
    access: view.getUint16(1),
    flags: view.getUint8(3),
    typeNumber: view.getUint8(4),
    exceptions: view.getUint32(4) & 0xff_ff_ff,
  };
}

/**
 * The bytes an issuer signs: the domain keeps a ticket's signature from meaning anything elsewhere. A live code's issuer also
 * signs for the holder's key; that the two lengths can't be confused is the form's doing, in the header's first byte.
 */
export function signedBytes(headerBytes: Uint8Array, sealedGrants: Uint8Array, holderKey?: Uint8Array): Uint8Array {
  const parts = [issuerDomain, headerBytes, sealedGrants];
  return concatBytes(...parts, ...(holderKey === undefined ? [] : [holderKey]));
}

export function writePrintedCode(headerBytes: Uint8Array, sealedGrants: Uint8Array, signature: Uint8Array): string {
  return encodeBase32(concatBytes(headerBytes, sealedGrants, signature));
}

/** Reads the shape only; the signature is still to be verified. Undefined when it is no printed code. */
export function readPrintedCode(text: string): PrintedCode | undefined {
  if (text.length !== printedCodeLength) return undefined;
  const bytes = decodeBase32(text);
  if (bytes === undefined || bytes.length !== codeLength || bytes[0] !== formBytes.printed) return undefined;
  return {
    form: 'printed',
    header: decodeHeader(bytes),
    headerBytes: bytes.subarray(0, headerLength),
    sealedGrants: bytes.subarray(headerLength, headerLength + grantsLength),
    signature: bytes.subarray(headerLength + grantsLength),
  };
}
