import { describe, expect, it } from 'vitest';
import { customerIdOf, normaliseEmail } from '#workers/keys/pseudonym.ts';

const secret = new Uint8Array(32).fill(1);

describe('I10: a customer’s id', () => {
  it('is the same for the same address, however it was typed', async () => {
    const id = await customerIdOf(secret, 'ama@example.org');
    for (const typed of ['AMA@Example.org', '  ama@example.org\n']) expect(await customerIdOf(secret, typed)).toBe(id);
  });

  // HMAC-SHA256 under HKDF-SHA256 of the secret for `customer-id`, computed with another library; ten bytes, Base32.
  const known = 'cus_QSNTCX4F74Q6AR8M';

  it('is stable: an id in an old log still means the same person', async () => {
    const ids = await Promise.all([customerIdOf(secret, 'ama@example.org'), customerIdOf(secret, 'ama@example.org')]);
    expect(ids).toEqual([known, known]);
  });

  it('says nothing of the address without the secret', async () => {
    const id = await customerIdOf(secret, 'ama@example.org');
    expect(id).toMatch(/^cus_[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(await customerIdOf(new Uint8Array(32).fill(2), 'ama@example.org')).not.toBe(id);
  });

  it('differs for addresses that differ', async () => {
    const addresses = ['ama@example.org', 'ama@example.com', 'a.ma@example.org', 'ama+expo@example.org'];
    const ids = await Promise.all(addresses.map((address) => customerIdOf(secret, address)));
    expect(new Set(ids).size).toBe(addresses.length);
  });

  it('is of the address without case and spaces around it', () => {
    expect(normaliseEmail('  Ama@Example.ORG ')).toBe('ama@example.org');
  });
});
