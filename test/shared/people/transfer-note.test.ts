import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { transferMessageMax, transferMessageSchema, giverNameSchema } from '#shared/people/transfer-note.ts';

const takes = (schema: v.GenericSchema, text: string) => v.safeParse(schema, text).success;

describe('what a giver writes', () => {
  it.each([
    'Happy birthday!',
    'See you at 18:30, gate 2.',
    'Doors at 7.30pm. Bring Kojo & the twins',
    'Für Änne: viel Spaß …',
    'Line one\nline two',
    'Line one\r\nline two',
    'For you all 👨\u200D👩\u200D👧',
    '楽しみです。またね',
    'J.Mensah',
    'Ends at 5 p.m. or so, i.e. late',
    '',
  ])('is taken as it is: %j', (text) => {
    expect(takes(transferMessageSchema, text)).toBe(true);
  });

  it.each([
    'https://evil.example',
    'HTTP://evil',
    'www.evil',
    'WWW.EVIL',
    'evil.\u200Dexample',
    'evil.example',
    'Look: evil.co/x',
    'bücher.example',
    'EVIL.EXAMPLE',
    'Evil.Example/x',
    'пример.рф',
    'T.Co/abc',
    'Evil.Com',
    'evil。example',
    'a\u202Eb',
    'a\u0000b',
    'a\tb',
    'a\u200Bb',
    'x'.repeat(transferMessageMax + 1),
  ])('is refused: %j', (text) => {
    expect(takes(transferMessageSchema, text)).toBe(false);
  });

  it('never carries a line end into a name, which stands in a mail’s subject', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\n', '\r', '\r\n', '\u0085', '\u2028'), fc.string(), (a, end, b) => {
        const parsed = v.safeParse(giverNameSchema, `A${a}${end}${b}Z`);
        if (parsed.success) expect(parsed.output).not.toMatch(/[\r\n\u0085]/);
      }),
    );
    expect(takes(giverNameSchema, 'Ama\r\nBcc: victim@x.example')).toBe(false);
  });
});
