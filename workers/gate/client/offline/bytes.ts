/** Bytes as keys and signatures travel in JSON: base64url without padding. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const digits = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(digits, (digit) => digit.charCodeAt(0));
}

export function textOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const encoder = new TextEncoder();

/** What the log's rules need of this browser. */
export const logPorts = {
  utf8: (text: string) => encoder.encode(text),
  sha256: async (bytes: Uint8Array) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)),
  base64Url: textOf,
} as const;
