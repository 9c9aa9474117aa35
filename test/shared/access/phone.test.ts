import { describe, expect, it } from 'vitest';
import { parsePhone } from '#shared/access/phone.ts';

describe('a phone number', () => {
  it.each([
    ['07700 900123', 'GB', '+447700900123'],
    ['+44 7700 900123', 'NG', '+447700900123'],
    ['+44 (0) 7700-900123', 'GB', '+447700900123'],
    ['0044 7700 900123', 'GH', '+447700900123'],
    ['0803 123 4567', 'NG', '+2348031234567'],
    ['(212) 555-0123', 'US', '+12125550123'],
    ['1 212 555 0123', 'US', '+12125550123'],
    ['030/1234567', 'DE', '+49301234567'],
  ] as const)('written %s in %s is %s', (text, home, number) => {
    expect(parsePhone(text, home)).toBe(number);
  });

  it.each([
    '',
    '12345',
    '07700 900123 ext 4',
    '07700+900123',
    '++447700900123',
    '+881 1234567890',
    '+1',
    '0'.repeat(11),
    '1'.repeat(20),
    '٠٧٧٠٠٩٠٠١٢٣',
    '07700900123\r\nBcc: x',
  ])('is not %j', (text) => {
    expect(parsePhone(text, 'GB')).toBeUndefined();
  });
});
