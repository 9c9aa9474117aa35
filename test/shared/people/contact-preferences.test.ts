import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consentChanges,
  contactPreferencesSchema,
  nothingAgreed,
  readContactPreferences,
  type ContactPreferences,
} from '#shared/people/contact-preferences.ts';
import { contactSchema, nameSchema } from '#shared/people/contact.ts';
import * as v from 'valibot';

const channels = fc.record({ email: fc.boolean(), sms: fc.boolean(), push: fc.boolean() });
const preferences: fc.Arbitrary<ContactPreferences> = fc.record({
  textVersion: fc.nat(),
  news: channels,
  reminders: channels,
});

describe('what somebody agreed to', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(preferences, (agreed) => {
        expect(readContactPreferences(JSON.stringify(agreed))).toEqual(agreed);
      }),
    );
  });

  it('is nothing until they chose, and nothing when it cannot be read', () => {
    expect(readContactPreferences(null)).toEqual(nothingAgreed);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
        const read = readContactPreferences(stored);
        expect(v.is(contactPreferencesSchema, read)).toBe(true);
      }),
    );
    expect(readContactPreferences('{"news":{"email":true}}')).toEqual(nothingAgreed);
  });

  it('changes by exactly the boxes that differ', () => {
    fc.assert(
      fc.property(preferences, preferences, (before, after) => {
        const changes = consentChanges(before, after);
        const [news, reminders] = [{ ...before.news }, { ...before.reminders }];
        for (const { purpose, channel, given } of changes) ({ news, reminders })[purpose][channel] = given;
        expect({ news, reminders }).toEqual({ news: after.news, reminders: after.reminders });
        expect(consentChanges(after, after)).toEqual([]);
      }),
    );
  });
});

describe('a name', () => {
  it.each(['Ama\r\nBcc: x@evil.example', 'Ama\n', 'A\u0000', 'Ama\u202E', 'Ama\u200B', 'a'.repeat(121), '', '  '])(
    'like %j is refused or trimmed clean',
    (name) => {
      const parsed = v.safeParse(nameSchema, name);
      expect(parsed.success ? parsed.output : 'refused').toBe(name === 'Ama\n' ? 'Ama' : 'refused');
    },
  );

  it('comes with an address that is one', () => {
    expect(v.is(contactSchema, { name: 'Ọláńrewájú', email: 'o@example.org' })).toBe(true);
    expect(v.is(contactSchema, { name: 'Ama', email: 'a@b.example\r\nBcc: c@d.example' })).toBe(false);
  });
});
