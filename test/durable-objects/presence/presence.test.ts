import { describe, expect, it } from 'vitest';
import { presenceOf } from '#objects/presence/client.ts';
import { lookLastsMs, looksPerAddress, PresenceObject } from '#objects/presence/object.ts';
import { environment } from '#test/support/environment.ts';

/** An object of its own whose clock the test moves; it touches its storage only to find nothing there. */
function presence() {
  let now = 0;
  const state = { storage: { get: () => Promise.resolve() } } as unknown as DurableObjectState;
  const object = new PresenceObject(state, () => now);
  return { object, pass: (ms: number) => (now += ms) };
}

describe('presence', () => {
  it('counts people who look, each of them once', async () => {
    const client = presenceOf(environment.PRESENCE, `evt_${crypto.randomUUID()}`);
    expect(await client.looking()).toBe(0);
    expect(await client.look('look-1', 'ADDRESS1')).toBe(1);
    expect(await client.look('look-2', 'ADDRESS2')).toBe(2);
    expect(await client.look('look-1', 'ADDRESS1')).toBe(2);
    expect(await client.looking()).toBe(2);
  });

  it('counts many at once without losing any', async () => {
    const client = presenceOf(environment.PRESENCE, `evt_${crypto.randomUUID()}`);
    await Promise.all(Array.from({ length: 40 }, (_, index) => client.look(`look-${index}`, `ADDRESS${index}`)));
    expect(await client.looking()).toBe(40);
  });

  it('is of one event', async () => {
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()].map((id) => presenceOf(environment.PRESENCE, id));
    await one?.look('look-1', 'ADDRESS1');
    expect(await other?.looking()).toBe(0);
  });

  it('forgets whoever did not say again that they are there', () => {
    const { object, pass } = presence();
    object.look('look-1', 'A');
    pass(lookLastsMs / 2);
    object.look('look-2', 'B');
    pass(lookLastsMs / 2);
    expect(object.looking()).toBe(1);
    pass(lookLastsMs / 2);
    expect(object.looking()).toBe(0);
  });

  it('cannot be talked up from one address', () => {
    const { object } = presence();
    for (let look = 0; look < 1_000; look += 1) object.look(`look-${look}`, 'LOOP');
    expect(object.looking()).toBe(looksPerAddress);
    expect(object.look('look-x', 'ELSEWHERE')).toBe(looksPerAddress + 1);
  });

  it('makes room at an address when a look there is over', () => {
    const { object, pass } = presence();
    for (let look = 0; look < looksPerAddress; look += 1) object.look(`look-${look}`, 'HOME');
    pass(lookLastsMs);
    expect(object.look('look-new', 'HOME')).toBe(1);
  });
});
