import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readToken, signToken } from '#workers/keys/signed-token.ts';

const secret = new Uint8Array(32).fill(1);
const schema = v.object({ orderId: v.string() });
const value = { orderId: 'ord_eur01_1' };
const read = (token: string, purpose = 'order', key = secret) => readToken(key, purpose, schema, token);
const changedAt = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

describe('a signed token', () => {
  it('gives back what was signed', async () => {
    expect(await read(await signToken(secret, 'order', value))).toEqual(value);
  });

  it('carries any text unharmed', async () => {
    const odd = { orderId: 'Zoë — ₦ 🎟️ "quoted"' };
    expect(await read(await signToken(secret, 'order', odd))).toEqual(odd);
  });

  it('opens only the door it was made for', async () => {
    const token = await signToken(secret, 'session', value);
    expect(await read(token, 'order')).toBeUndefined();
    expect(await read(token, 'session')).toEqual(value);
  });

  it('of another secret is nothing', async () => {
    expect(await read(await signToken(new Uint8Array(32).fill(2), 'order', value))).toBeUndefined();
  });

  it('is nothing once a character of it has changed', async () => {
    const token = await signToken(secret, 'order', value);
    // But for the last: its low two bits lie beyond the signature's 32 bytes.
    for (let at = 0; at < token.length - 1; at += 1) {
      expect(await read(changedAt(token, at)), `at ${at}`).toBeUndefined();
    }
  });

  it('with another value under an old signature is nothing', async () => {
    const mine = await signToken(secret, 'order', value);
    const theirs = await signToken(secret, 'order', { orderId: 'ord_eur01_2' });
    expect(await read(`${theirs.split('.')[0]}.${mine.split('.')[1]}`)).toBeUndefined();
  });

  it('that no longer has the expected shape is nothing', async () => {
    expect(await read(await signToken(secret, 'order', { order: 1 }))).toBeUndefined();
    expect(await read(await signToken(secret, 'order', null))).toBeUndefined();
  });

  it.each(['', '.', '..', 'a', 'a.b', 'a.b.c', '%%%.%%%', 'é.é', '.'.repeat(5_000), 'A'.repeat(5_000)])(
    'is not %.20j',
    async (garbage) => expect(await read(garbage)).toBeUndefined(),
  );

  it('cut short, or with more behind it, is nothing', async () => {
    const token = await signToken(secret, 'order', value);
    for (const other of [token.slice(0, -2), `${token}.`, `${token}AAAA`, `${token} `, ` ${token}`]) {
      expect(await read(other)).toBeUndefined();
    }
  });
});
