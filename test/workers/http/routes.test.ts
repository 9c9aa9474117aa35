import { describe, expect, it } from 'vitest';
import { access } from '#workers/http/access.ts';
import { createApp } from '#workers/app.ts';
import { routes, type RouteName } from '#workers/routes.ts';
import { served, servedBy } from '#test/support/served-routes.ts';

const names = Object.keys(routes) as RouteName[];
const paths = new Set<string>(Object.values(routes));

describe('the routes the app really serves', () => {
  it('are all named in the table, each with a rule', () => {
    const unnamed = served.filter(({ path }) => !paths.has(path));
    expect(unnamed).toEqual([]);
    expect(names.filter((name) => !(name in access))).toEqual([]);
  });

  it('are all that the table names', () => {
    const handled = new Set(served.map(({ path }) => path));
    expect(names.filter((name) => !handled.has(routes[name]))).toEqual([]);
    expect(paths.size).toBe(names.length);
  });

  it('would not pass with a handler registered outside the table', () => {
    const app = createApp();
    app.get('/backdoor', (c) => c.text('open'));
    app.all('/any-way-in', (c) => c.text('open'));
    const strays = servedBy(app).filter(({ path }) => !paths.has(path));
    expect(strays.map(({ path }) => path)).toEqual(['/backdoor', '/any-way-in']);
  });

  it('answer only to methods that are named: none takes any', () => {
    expect(served.filter(({ method }) => !['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method))).toEqual([]);
  });

  it('hold nothing of a developer’s machine', () => {
    expect(served.filter(({ path }) => path.startsWith('/local'))).toEqual([]);
  });
});
