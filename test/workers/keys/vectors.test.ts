import { expect, it } from 'vitest';
import { misjudged } from '#test/support/judge-codes.ts';

it('the published vectors are judged in workerd as they say', async () => {
  expect(await misjudged(crypto.subtle)).toEqual([]);
});
