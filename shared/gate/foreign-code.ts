import { readCode } from '../tickets/verify.ts';

/** What a code is that no gate of this system reads, as far as its first characters say. */
export type ForeignCode =
  /** `host` as in `tickets.example`: where the code would lead, and nothing else of it. */
  | { readonly kind: 'link'; readonly host: string }
  | { readonly kind: 'wifi' | 'contact' | 'boarding_pass' | 'payment' | 'product' };

const beginnings: readonly (readonly [RegExp, Exclude<ForeignCode['kind'], 'link'>])[] = [
  [/^WIFI:/i, 'wifi'],
  [/^(?:BEGIN:VCARD|MECARD:)/i, 'contact'],
  // IATA resolution 792: format code M and the number of legs.
  [/^M[1-4][A-Z]/, 'boarding_pass'],
  // EPC069-12 credit transfers, EMVCo merchant codes, and links of wallets.
  [/^(?:BCD\n|BCD\r\n|000201|bitcoin:|upi:)/i, 'payment'],
  [/^(?:\d{8}|\d{12,14})$/, 'product'],
];

/** Undefined for codes of ours, and for what nothing can be said of. What it says about people is not looked at. */
export function foreignCodeIn(text: string): ForeignCode | undefined {
  if (readCode(text) !== undefined) return undefined;
  const host = /^https?:\/\/([a-z0-9.-]{1,80})(?:[:/?#]|$)/i.exec(text.trim())?.[1];
  if (host !== undefined) return { kind: 'link', host: host.toLowerCase() };
  const kind = beginnings.find(([shape]) => shape.test(text.trim()))?.[1];
  return kind === undefined ? undefined : { kind };
}

/** The number of the event a code of ours is for; undefined for what is none. Nothing is verified: it opens nothing. */
export function eventNumberIn(text: string): number | undefined {
  return readCode(text)?.header.eventNumber;
}
