/** An address as its owner recognises it and nobody else learns it: `a…@visitors.example`, `…123`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at > 0 ? `${address.slice(0, 1)}…${address.slice(at)}` : `…${address.slice(-3)}`;
}
