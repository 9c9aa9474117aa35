import { expect, it } from 'vitest';
import { unbracket } from '#workers/local/bank/bracket-form.ts';

it.each([
  ['plain fields', 'a=1&b=2', { a: '1', b: '2' }],
  ['nested fields', 'a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
  ['numbered lists', 'a[0][b]=1&a[1][b]=2', { a: [{ b: '1' }, { b: '2' }] }],
  ['unnumbered lists', 'a[]=1&a[]=2', { a: ['1', '2'] }],
  ['lists with a gap, which are none', 'a[1]=1', { a: { 1: '1' } }],
])('reads %s', (_what, form, expected) => {
  expect(unbracket(new URLSearchParams(form))).toEqual(expected);
});

it('takes no prototype from a form', () => {
  const read = unbracket(new URLSearchParams('__proto__[admin]=1&a[__proto__][admin]=1'));
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(({} as { admin?: string }).admin).toBeUndefined();
});
