import { expect, it } from 'vitest';
import { eventNumberIn, foreignCodeIn } from '#shared/gate/foreign-code.ts';
import { vectors } from '#test/support/judge-codes.ts';

const ours = vectors.cases.find(({ name }) => name === 'live')?.code ?? '';

it('says what another system’s code is, as far as it says so itself', () => {
  expect(foreignCodeIn('https://Tickets.Example/o/81?who=ada@example.com')).toEqual({
    kind: 'link',
    host: 'tickets.example',
  });
  expect(foreignCodeIn('WIFI:T:WPA;S:hall;P:secret;;')).toEqual({ kind: 'wifi' });
  expect(foreignCodeIn('BEGIN:VCARD\nN:Lovelace')).toEqual({ kind: 'contact' });
  expect(foreignCodeIn('M1LOVELACE/ADA       EABC123 LHRJFK')).toEqual({ kind: 'boarding_pass' });
  expect(foreignCodeIn('5012345678900')).toEqual({ kind: 'product' });
  expect(foreignCodeIn('000201010211')).toEqual({ kind: 'payment' });
  expect(foreignCodeIn('something else')).toBeUndefined();
  expect(foreignCodeIn(ours)).toBeUndefined();
});

it('reads which event a code of ours is for', () => {
  expect(eventNumberIn(ours)).toBe(vectors.eventNumber);
  expect(eventNumberIn('https://tickets.example/')).toBeUndefined();
});
