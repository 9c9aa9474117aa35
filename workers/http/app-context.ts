import type { Context, Hono } from 'hono';
import type { SignedIn } from '#d1/queries/sessions.ts';
import type { Want } from '#shared/access/sessions.ts';
import type { Env } from '#workers/env.ts';
import type { Services } from '#workers/services.ts';
import type { Session } from './session.ts';
import type { GateDeviceClaim } from './gate-device.tsx';

/** What middleware puts beside a request. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    services: Services;
    /** Set where the route's access rule asks for it; undefined for guests. */
    person: SignedIn | undefined;
    /** A session came along and the database could not be asked whose it is. */
    isDatabaseSilent: boolean;
    /** Pseudonymous name of the browser, for trails; undefined for guests. */
    deviceId: string | undefined;
    /** The session that `person` is signed in by; also set where it is held back. */
    session: Session | undefined;
    /** Somebody's session came along, but must show something first: `person` is then undefined. */
    held: Want | undefined;
    /** Set where the rule is `gate_device` and an enrolled scanner asks. */
    gateDevice: GateDeviceClaim | undefined;
  };
};

export type AppContext = Context<AppEnv>;
export type App = Hono<AppEnv>;
