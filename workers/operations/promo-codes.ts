import type { Brake } from '#shared/access/brakes.ts';
import { guessingBrakes } from '#shared/access/brakes.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { brake, unbrake, type Tally } from './brake.ts';

/** What rules know a code by: they are read by many, and the code itself is only on flyers. */
export async function digestOfCode(folded: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(folded));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
