import { normaliseTyped } from '../encoding/base32.ts';

/**
 * The typed form of a ticket: ten random Crockford digits (50 bits) that only the event's own inventory resolves.
 * With 100,000 tickets a guess succeeds once in ten thousand million, and guesses are rate-limited.
 */
export const handleLength = 10;
const shape = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** The handle in what a person typed, or undefined when it cannot be one. */
export function readHandle(typed: string): string | undefined {
  const handle = normaliseTyped(typed);
  return shape.test(handle) ? handle : undefined;
}

/** `7KQ2MX9TBD` shown as `7KQ2M-X9TBD`. */
export function showHandle(handle: string): string {
  return `${handle.slice(0, 5)}-${handle.slice(5)}`;
}
