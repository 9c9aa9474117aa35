import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnPath } from '#shared/access/return-path.ts';

const origin = 'https://expo.example';

describe('where to go on to', () => {
  it.each(['/', '/gate/open-days?gate=lane-gate', '/orders/ord_eur00_0', '/account/security'])('may be %s', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /gate',
    'data:text/html,x',
    'gate',
    '',
    '/gate\r\nSet-Cookie: a=b',
    '/"><script>',
    `/${'a'.repeat(600)}`,
  ])('is never %j', (path) => {
    expect(safeReturnPath(path)).toBeUndefined();
  });

  it('is always on this site, whatever was asked for', () => {
    const pieces = fc.array(
      fc.oneof(fc.constantFrom('/', '\\', '//', '..', '.', '@', ':', '?', '%2F', '\t', 'evil.example'), fc.string()),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const path = safeReturnPath(`/${parts.join('')}`);
        if (path !== undefined) expect(new URL(path, origin).origin).toBe(origin);
      }),
    );
  });
});
