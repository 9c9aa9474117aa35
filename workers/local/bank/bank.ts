import { DurableObject } from 'cloudflare:workers';
import type { LocalEnv } from '../env.ts';

/** The bank behind the local card gateway. */
export class Bank extends DurableObject<LocalEnv> {}
