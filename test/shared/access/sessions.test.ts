import { describe, expect, it } from 'vitest';
import { isOver, lifetimes, wantOf } from '#shared/access/sessions.ts';
import { dayMs, hourMs } from '#shared/time.ts';

const now = 1_900_000_000_000;
const session = { createdAtMs: now, lastSeenAtMs: now, expiresAtMs: now + lifetimes.customer.absoluteMs };
const at = (ms: number, seenMs = ms) => ({ ...session, createdAtMs: now - ms, lastSeenAtMs: now - ms + seenMs });

describe('a session is over', () => {
  it('for a customer after a month unseen, or at its end however often it was seen', () => {
    expect(isOver(at(29 * dayMs, 0), false, now)).toBe(false);
    expect(isOver(at(30 * dayMs, 0), false, now)).toBe(true);
    expect(isOver(at(179 * dayMs), false, now)).toBe(false);
    expect(isOver({ ...at(0), expiresAtMs: now }, false, now)).toBe(true);
  });

  it('for staff after twelve hours, busy or not, whatever end it was given', () => {
    expect(isOver(at(11 * hourMs), true, now)).toBe(false);
    expect(isOver(at(12 * hourMs), true, now)).toBe(true);
  });
});

describe('a session has to show', () => {
  const safe = { ...session, hasKey: true, isConfirmed: true, isBound: true };
  const staff = { isStaff: true, hasLiveTickets: false };
  const holder = { isStaff: false, hasLiveTickets: true };
  const nobody = { isStaff: false, hasLiveTickets: false };

  it('nothing, where there is nothing to steal', () => {
    expect(wantOf({ ...safe, hasKey: false, isConfirmed: false, isBound: false }, nobody)).toBeUndefined();
  });

  it.each([staff, holder])('its key, when it has one and has not shown it lately', (who) => {
    expect(wantOf(safe, who)).toBeUndefined();
    expect(wantOf({ ...safe, isBound: false }, who)).toBe('prove_key');
  });

  it('a key first, for staff; without scripts an hour goes without', () => {
    const keyless = { ...safe, hasKey: false, isBound: false };
    expect(wantOf(keyless, staff)).toBe('name_key');
    expect(wantOf(keyless, holder)).toBeUndefined();
    expect(wantOf({ ...keyless, expiresAtMs: now + hourMs }, staff)).toBeUndefined();
    expect(wantOf({ ...keyless, expiresAtMs: now + hourMs + 1 }, staff)).toBe('name_key');
  });

  it('that its browser is the person’s, before anything else', () => {
    expect(wantOf({ ...safe, isConfirmed: false, isBound: false }, staff)).toBe('confirm_device');
    expect(wantOf({ ...safe, isConfirmed: false }, holder)).toBe('confirm_device');
  });
});
