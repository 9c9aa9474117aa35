import { beforeAll, describe, expect, it } from 'vitest';
import { addressOf, exampleSite } from '#test/support/route-examples.ts';
import { servedNames } from '#test/support/served-routes.ts';
import { access, type Access } from '#workers/http/access.ts';
import { origin, visit } from './site.ts';

const publicRules = new Set<Access>(['anyone', 'device_socket', 'signed_webhook']);
let site: Awaited<ReturnType<typeof exampleSite>>;
beforeAll(async () => {
  site = await exampleSite();
}, 60_000);

/** Each route and method, as a browser asks: by a stranger, by its business's owner, by the order's buyer, by a scanner. */
describe.each(servedNames)('every answer of %s, %s', (name, method) => {
  it('carries the security headers, and no script or style of its own', async () => {
    const visitors = [{}, site.owner.headers, site.buyer, { cookie: site.working.cookie }];
    for (const headers of visitors) {
      const request = { method, headers: { accept: 'text/html', origin, ...headers } };
      const body = method === 'GET' ? {} : { body: new URLSearchParams({ nothing: '' }) };
      const answer = await visit(addressOf(name, site.examples), { ...request, ...body });
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).not.toMatch(/unsafe-(?:inline|eval|hashes)|\*|https?:(?!\/\/checkout\.stripe\.com)/);
      for (const part of ["default-src 'none'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-frame-options')).not.toBeNull();
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(answer.headers.get('referrer-policy')).toMatch(/^strict-origin/);
      expect(answer.headers.get('permissions-policy')).toContain('microphone=()');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(answer.headers.has('x-powered-by')).toBe(false);
      expect(answer.headers.has('access-control-allow-origin')).toBe(false);
      if (answer.headers.get('content-type')?.startsWith('text/html') === true) {
        const page = await answer.text();
        expect(page).not.toMatch(/<script(?![^>]*(?:\ssrc=|application\/ld\+json))/);
        expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
      }
      // What was drawn for somebody is kept by nobody.
      const isPublic = publicRules.has(access[name]);
      if (!isPublic && answer.status < 300) expect(answer.headers.get('cache-control')).toContain('no-store');
      for (const cookie of answer.headers.getSetCookie()) {
        expect(cookie).toMatch(/^__Host-[\w-]+=.*; Path=\/.*; HttpOnly; Secure; SameSite=(?:Lax|Strict)/);
      }
    }
  });
});
