import type { Context, Hono } from 'hono';
import type { SignedIn } from '#d1/queries/people.ts';
import type { Env } from '#workers/env.ts';
import type { Services } from '#workers/services.ts';

/** What middleware puts beside a request. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    services: Services;
    /** Set where the route's access rule asks for it; undefined for guests. */
    person: SignedIn | undefined;
    /** Pseudonymous name of the browser's session, for trails; undefined for guests. */
    deviceId: string | undefined;
  };
};

export type AppContext = Context<AppEnv>;
export type App = Hono<AppEnv>;
