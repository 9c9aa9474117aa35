import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { attemptsMax, waitSeconds } from '#workers/background/attempts.ts';

const config = join(import.meta.dirname, '../../wrangler.toml');

type Consumer = { queue: string; max_retries: number; dead_letter_queue?: string };

function consumers(env?: string): Consumer[] {
  return readConfig({ config, ...(env && { env }) }, { hideWarnings: true }).queues.consumers as Consumer[];
}

it.each([undefined, 'local'])('the Worker knows which try of a message is its last (%s)', (env) => {
  const messages = consumers(env).find(({ queue }) => queue === 'expo-messages');
  expect(messages?.max_retries).toBe(attemptsMax - 1);
});

it.each([undefined, 'local'])('dead letters have a consumer, and days to be written down (%s)', (env) => {
  const all = consumers(env);
  const dead = all.find(({ queue }) => queue === 'expo-messages')?.dead_letter_queue;
  expect(all.find(({ queue }) => queue === dead)?.max_retries).toBe(100);
});

it('the tries of a message span an evening’s outage, and no wait is longer than the queue allows', () => {
  const waits = Array.from({ length: attemptsMax - 1 }, (_, index) => waitSeconds(index + 1));
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(90 * 60);
  expect(Math.max(...waits, waitSeconds(1, 1e9))).toBeLessThanOrEqual(12 * 3_600);
});
