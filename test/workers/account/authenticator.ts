import { toBase64Url } from '#workers/keys/signed-token.ts';
import { origin } from './browser.ts';

/** A passkey as an authenticator keeps it (WebAuthn Level 3, 6.1 and 6.5.4): ES256, user verified, no attestation. */

type Options = { readonly challenge: string };
type Lies = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** The authenticator did not check who was there. */
  readonly unverified?: boolean;
  readonly counter?: number;
};

const present = 0x01;
const verified = 0x04;
const withCredential = 0x40;

export class Passkey {
  readonly id = crypto.getRandomValues(new Uint8Array(16));
  readonly #pair: CryptoKeyPair;
  /** Uses so far, which authenticators that are synchronised leave at 0. */
  counter = 0;

  private constructor(pair: CryptoKeyPair) {
    this.#pair = pair;
  }

  static async make(): Promise<Passkey> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    return new Passkey(pair as CryptoKeyPair);
  }

  async register({ challenge }: Options, lies: Lies = {}) {
    const raw = new Uint8Array((await crypto.subtle.exportKey('raw', this.#pair.publicKey)) as ArrayBuffer);
    const [x, y] = [raw.subarray(1, 33), raw.subarray(33)];
    // COSE_Key {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053).
    const key = bytes([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], x, [0x22, 0x58, 32], y);
    const credential = bytes(new Uint8Array(16), [0, this.id.length], this.id, key);
    const data = bytes(await this.#head(withCredential, lies), credential);
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestation = bytes(
      [0xa3],
      text('fmt'),
      text('none'),
      text('attStmt'),
      [0xa0],
      text('authData'),
      [0x58, data.length],
      data,
    );
    const response = {
      clientDataJSON: clientData('webauthn.create', lies.challenge ?? challenge, lies),
      attestationObject: toBase64Url(attestation),
      transports: ['internal'],
    };
    return this.#answer(response);
  }

  async use({ challenge }: Options, lies: Lies = {}) {
    const data = await this.#head(0, lies);
    const clientDataJSON = clientData('webauthn.get', lies.challenge ?? challenge, lies);
    const seen = new TextEncoder().encode(atob(clientDataJSON.replaceAll('-', '+').replaceAll('_', '/')));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seen));
    const signed = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.#pair.privateKey,
      bytes(data, digest),
    );
    return this.#answer({
      clientDataJSON,
      authenticatorData: toBase64Url(data),
      signature: toBase64Url(asDer(new Uint8Array(signed))),
    });
  }

  #answer<Response extends object>(response: Response) {
    const id = toBase64Url(this.id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  async #head(flags: number, { rpId = new URL(origin).hostname, unverified, counter }: Lies) {
    const relyingParty = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(rpId)));
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter ?? this.counter);
    return bytes(relyingParty, [flags | present | (unverified ? 0 : verified)], count);
  }
}

function clientData(type: string, challenge: string, lies: Lies): string {
  const data = { type, challenge, origin: lies.origin ?? origin, crossOrigin: false };
  return toBase64Url(new TextEncoder().encode(JSON.stringify(data)));
}

function bytes(...parts: (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A CBOR text of less than 24 letters. */
function text(letters: string): Uint8Array {
  return bytes([0x60 + letters.length], new TextEncoder().encode(letters));
}

/** r and s as WebAuthn has them: a DER sequence of two integers without needless zeros. */
function asDer(signature: Uint8Array): Uint8Array {
  const [r, s] = [integer(signature.subarray(0, 32)), integer(signature.subarray(32))];
  return bytes([0x30, r.length + s.length], r, s);
}

function integer(value: Uint8Array): Uint8Array {
  const first = value.findIndex((byte) => byte !== 0);
  const short = value.subarray(first);
  const body = (short[0] ?? 0) > 127 ? bytes([0], short) : short;
  return bytes([0x02, body.length], body);
}
