import { describe, expect, it, vi } from 'vitest';
import { pathTo } from '#workers/routes.ts';
import { origin, publishEvent, visit } from './site.ts';

const say = (slug: string, look: string, headers: Record<string, string> = {}) =>
  visit(pathTo('eventLooking', { slug }), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', origin, ...headers },
    body: JSON.stringify({ look }),
  });

const from = (address: string) => ({ 'cf-connecting-ip': address });

describe('how many are looking', () => {
  it('is told from three on, and never one or two', async () => {
    const { slug } = await publishEvent();
    expect(await (await say(slug, 'look-000001', from('203.0.113.1'))).json()).toEqual({});
    expect(await (await say(slug, 'look-000002', from('203.0.113.2'))).json()).toEqual({});
    expect(await (await say(slug, 'look-000003', from('203.0.113.3'))).json()).toEqual({ looking: 3 });
    expect(await (await say(slug, 'look-000001', from('203.0.113.1'))).json()).toEqual({ looking: 3 });
  });

  it('is asked of no event that does not exist, and by no id that is none', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { slug } = await publishEvent();
    expect((await say('no-such-event', 'look-000001')).status).toBe(404);
    for (const look of ['', 'short', 'x'.repeat(41), 'line\nbreak-here', '"}] ,destroy', 'ünïcödé-id']) {
      expect((await say(slug, look)).status).toBe(400);
    }
  });

  it('is not asked from another site', async () => {
    const { slug } = await publishEvent();
    expect((await say(slug, 'look-000001', { origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  it('is kept by no cache', async () => {
    const { slug } = await publishEvent();
    expect((await say(slug, 'look-000001')).headers.get('cache-control')).toBe('no-store');
  });
});
