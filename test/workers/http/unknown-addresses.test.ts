import { describe, expect, it } from 'vitest';
import { type ProblemBody, visit } from './site.ts';

describe('an address that leads nowhere', () => {
  it.each(['/api/v1/nothing', '/api/', '/api/v2/orders'])('%s answers programs with problem details', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await visit(path, { method });
      expect([method, response.status]).toEqual([method, 404]);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json<ProblemBody>()).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  it.each(['/nothing', '/events/', '/events/nobody/knows', '/orders', '/media/', '/wallet/x', '/%00', '/%E0%A4%A'])(
    '%s answers people with a page that leads on',
    async (path) => {
      const response = await visit(path, { headers: { accept: 'text/html' } });
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await response.text()).toContain('href="/"');
    },
  );

  it('answers programs that ask for JSON with problem details anywhere', async () => {
    const response = await visit('/nothing', { headers: { accept: 'application/json' } });
    expect(await response.json<ProblemBody>()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is never kept by a cache', async () => {
    const paths = ['/nothing', '/api/v1/nothing', '/events/no-such-event', '/media/no-such-picture.svg'];
    const answers = await Promise.all(paths.map((path) => visit(path)));
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(paths.map(() => 'no-store'));
  });
});
