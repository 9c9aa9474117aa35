/**
 * Tries of a message, the first one included: `max_retries` in wrangler.toml and one, which a test compares. With the
 * waits below they span about two hours, so that a provider's bad evening costs nobody their tickets.
 */
export const attemptsMax = 13;

const longestWaitSeconds = 3_600;

/** How long to wait after try number `attempts`; longer where the provider said so. */
export function waitSeconds(attempts: number, askedSeconds = 0): number {
  return Math.min(Math.max(2 ** attempts, askedSeconds), longestWaitSeconds);
}
