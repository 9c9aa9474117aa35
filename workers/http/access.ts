import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { businessesWhere, type Permission } from '#shared/access/permissions.ts';
import { fail } from '#shared/result.ts';
import { routes, type RouteName } from '#workers/routes.ts';
import type { AppEnv } from './app-context.ts';
import { holdBack, refuse } from './refuse.tsx';
import { loadSession } from './session.ts';

/**
 * Who may call a route. What is said here is enforced before the route's own code runs; where a rule depends on what is
 * asked for (this order, this business), the route asks the rest itself, and answers as if the thing did not exist.
 */
export type Access =
  /** Everybody; drawn for nobody in particular. */
  | 'anyone'
  /** Everybody, and the page knows who is signed in. */
  | 'visitor'
  /** Whoever placed the order, holds its signed link, or proved its buyer's address: the route checks which. */
  | 'order_holder'
  | 'signed_in'
  /** Brings a session, even one that is held back: the doors at which it shows what it must. */
  | 'session'
  /** Holds a permission for some business; the route checks for which. */
  | { readonly staff: Permission }
  /** Under an address we signed; who it is, a scanner proves over the socket itself with its key. */
  | 'device_socket'
  /** Signed by a payment provider: the route checks the signature over the raw bytes. */
  | 'signed_webhook';

/** Every route has a rule: leaving one out is a compile error, and a test enumerates what the app really serves. */
export const access: Readonly<Record<RouteName, Access>> = {
  home: 'anyone',
  event: 'anyone',
  eventProgramme: 'anyone',
  eventAvailability: 'anyone',
  eventLooking: 'anyone',
  business: 'anyone',
  checkout: 'visitor',
  waitlist: 'visitor',
  order: 'order_holder',
  orderPay: 'order_holder',
  orderReturn: 'order_holder',
  orderCalendar: 'order_holder',
  ticket: 'order_holder',
  orderKeep: 'order_holder',
  orderKeepCode: 'order_holder',
  orderKeepDismiss: 'order_holder',
  orderClaim: 'order_holder',
  wallet: 'visitor',
  account: 'signed_in',
  accountProfile: 'signed_in',
  accountAddress: 'signed_in',
  accountAddressCode: 'signed_in',
  accountData: 'signed_in',
  accountExport: 'signed_in',
  accountErase: 'signed_in',
  orderLink: 'visitor',
  // The signed token is what counts.
  waitlistLink: 'visitor',
  signIn: 'visitor',
  signInCode: 'visitor',
  signInLink: 'visitor',
  signInPhone: 'visitor',
  signInPasskey: 'visitor',
  welcome: 'signed_in',
  security: 'signed_in',
  sessionEnd: 'signed_in',
  deviceConfirm: 'signed_in',
  passkeys: 'signed_in',
  passkeyOptions: 'signed_in',
  prove: 'session',
  proveCode: 'session',
  provePasskey: 'session',
  deviceChallenge: 'session',
  deviceKey: 'session',
  deviceProof: 'session',
  deviceWithout: 'session',
  signOut: 'visitor',
  gate: { staff: 'gate.scan' },
  gateEvent: { staff: 'gate.scan' },
  gateScan: { staff: 'gate.scan' },
  gateUndo: { staff: 'gate.scan' },
  gateRedeem: { staff: 'gate.redeem' },
  gateFind: { staff: 'gate.override' },
  gateEmergency: { staff: 'gate.emergency' },
  gateNow: { staff: 'gate.scan' },
  gateSocket: 'device_socket',
  goLink: 'anyone',
  studio: { staff: 'event.watch' },
  studioLive: { staff: 'event.watch' },
  studioLiveSocket: { staff: 'event.watch' },
  studioLinks: { staff: 'event.edit' },
  studioTrail: { staff: 'trail.read' },
  studioMessages: { staff: 'operations.manage' },
  accountPush: 'signed_in',
  staffInvitation: 'visitor',
  studioOperations: { staff: 'operations.manage' },
  stripeWebhook: 'signed_webhook',
  media: 'anyone',
  apiAvailability: 'anyone',
  apiOrders: 'visitor',
  apiOrder: 'order_holder',
  apiScans: { staff: 'gate.scan' },
  apiRedemptions: { staff: 'gate.redeem' },
  apiUndo: { staff: 'gate.scan' },
  apiTrail: { staff: 'trail.read' },
  apiTrailCheck: { staff: 'trail.read' },
};

const ruleOfPath = new Map<string, Access>(
  (Object.keys(routes) as RouteName[]).map((name) => [routes[name], access[name]]),
);

/** Loads who is signed in where the rule needs it, and refuses whoever the rule shuts out. */
export const withAccess = createMiddleware<AppEnv>(async (c, next) => {
  const rule = matchedRoutes(c).flatMap(({ path }) => ruleOfPath.get(path) ?? [])[0];
  if (rule === undefined || rule === 'anyone' || rule === 'device_socket' || rule === 'signed_webhook') return next();
  await loadSession(c);
  if (rule === 'visitor' || rule === 'order_holder') return next();
  const { person, session, held } = c.var;
  if (rule === 'session') return session === undefined ? refuse(c, fail('sign_in_required').failure) : next();
  if (held !== undefined) return holdBack(c, held);
  if (person === undefined) return refuse(c, fail('sign_in_required').failure);
  if (rule === 'signed_in') return next();
  const { businessIds } = businessesWhere(person.memberships, rule.staff);
  return businessIds.length > 0 ? next() : refuse(c, fail('not_permitted').failure);
});
