import { expect, it } from 'vitest';
import { browserName } from '#shared/access/browser-name.ts';
import { maskAddress } from '#shared/access/mask.ts';

it.each([
  ['Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0', 'Firefox', 'Android'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge', 'Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36', 'Chrome', 'Linux'],
])('%s is known by its name', (userAgent, browser, system) => {
  expect(browserName(userAgent)).toEqual({ browser, system });
});

it('a user agent says nothing of its own on a page', () => {
  expect(browserName('<script>alert(1)</script>')).toBeUndefined();
  expect(browserName('curl/8.0')).toBeUndefined();
});

it('an address is shown to whoever knows it, and to nobody else', () => {
  expect(maskAddress('amara@visitors.example')).toBe('a…@visitors.example');
  expect(maskAddress('+447700900123')).toBe('…123');
});
