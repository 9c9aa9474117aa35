import { describe, expect, it } from 'vitest';
import { readHandle, showHandle } from '#shared/tickets/handle.ts';

describe('the typed form of a ticket', () => {
  it.each(['7KQ2MX9TBD', '7kq2mx9tbd', '7KQ2M-X9TBD', ' 7kq2m x9tbd '])('is read from %j', (typed) => {
    expect(readHandle(typed)).toBe('7KQ2MX9TBD');
  });

  it('forgives the look-alikes', () => {
    expect(readHandle('oil00-00000')).toBe('0110000000');
  });

  it.each(['', '7KQ2MX9TB', '7KQ2MX9TBDD', '7KQ2MX9TBU', '7KQ2MX9TB!'])('is not read from %j', (typed) => {
    expect(readHandle(typed)).toBeUndefined();
  });

  it('is shown in two groups that read back', () => {
    expect(showHandle('7KQ2MX9TBD')).toBe('7KQ2M-X9TBD');
    expect(readHandle(showHandle('7KQ2MX9TBD'))).toBe('7KQ2MX9TBD');
  });
});
