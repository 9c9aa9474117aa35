import { env } from 'cloudflare:workers';
import { settingsOf } from '#workers/env.ts';
import { ticketKeys } from '#workers/keys/ticket-keys.ts';
import type { LocalEnv } from '#workers/local/env.ts';

/** The local environment's bindings, as wrangler.toml names them. */
export const environment = env as unknown as LocalEnv;

/** Issues and checks codes with the local environment's secret, as the Worker under test does. */
export const keys = ticketKeys(settingsOf(environment).masterKey);
