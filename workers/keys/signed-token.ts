import * as v from 'valibot';
import { macKey } from './derive.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A small JSON value with a signature, for cookies and links: readable by whoever holds it, made only by us. The
 * purpose is signed in, so that a token made for one door opens no other.
 */
export async function signToken(masterKey: Uint8Array, purpose: string, value: unknown): Promise<string> {
  const body = toBase64Url(encoder.encode(JSON.stringify(value)));
  const key = await macKey(masterKey, `token/${purpose}`);
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(body));
  return `${body}.${toBase64Url(new Uint8Array(mac))}`;
}

/** The value, if we signed it for this purpose and it still has the expected shape; undefined for anything else. */
export async function readToken<Schema extends v.GenericSchema>(
  masterKey: Uint8Array,
  purpose: string,
  schema: Schema,
  token: string,
): Promise<v.InferOutput<Schema> | undefined> {
  const [body, mac, ...rest] = token.split('.');
  if (body === undefined || mac === undefined || rest.length > 0) return undefined;
  const macBytes = fromBase64Url(mac);
  const bodyBytes = fromBase64Url(body);
  if (macBytes === undefined || bodyBytes === undefined) return undefined;
  const key = await macKey(masterKey, `token/${purpose}`);
  // WebCrypto compares in constant time.
  if (!(await crypto.subtle.verify('HMAC', key, macBytes, encoder.encode(body)))) return undefined;
  const parsed = v.safeParse(schema, JSON.parse(decoder.decode(bodyBytes)));
  return parsed.success ? parsed.output : undefined;
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (digit) => digit.charCodeAt(0));
  } catch {
    return undefined;
  }
}
