import { createMiddleware } from 'hono/factory';
import { matchedRoutes, routePath } from 'hono/route';
import {
  businessesWhere,
  may,
  platformBusinessId,
  type Membership,
  type Permission,
} from '#shared/access/permissions.ts';
import { routes, type RouteName } from '#workers/routes.ts';
import type { AppContext, AppEnv } from './app-context.ts';
import { askForProof, readGateDevice } from './gate-device.tsx';
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
  /** Whoever has the ticket now: its buyer until it was given, or whoever accepted it. The route checks which. */
  | 'ticket_holder'
  | 'signed_in'
  /** Brings a session, even one that is held back: the doors at which it shows what it must. */
  | 'session'
  /** An enrolled scanner with a fresh proof of its key, or somebody who may scan; the route checks for which event. */
  | 'gate_device'
  /** Holds a permission for some business, and the route checks for which; or for the platform itself. */
  | { readonly staff: Permission; readonly at?: 'platform' }
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
  cart: 'visitor',
  cartCheckout: 'visitor',
  waitlist: 'visitor',
  order: 'order_holder',
  orderPay: 'order_holder',
  orderRefund: 'order_holder',
  orderDocuments: 'order_holder',
  orderDocument: 'order_holder',
  orderReturn: 'order_holder',
  orderCalendar: 'order_holder',
  ticket: 'order_holder',
  ticketHeld: 'ticket_holder',
  heldActivation: 'ticket_holder',
  heldFeed: 'ticket_holder',
  heldBarcode: 'ticket_holder',
  ticketGive: 'ticket_holder',
  ticketReissue: 'ticket_holder',
  ticketKeep: 'ticket_holder',
  ticketActivation: 'order_holder',
  ticketBarcode: 'order_holder',
  orderFeed: 'order_holder',
  orderKeep: 'order_holder',
  orderKeepCode: 'order_holder',
  orderKeepDismiss: 'order_holder',
  orderClaim: 'order_holder',
  wallet: 'visitor',
  walletCopy: 'visitor',
  // Kept in every phone and drawn for nobody: what stands in it comes from the phone.
  walletOffline: 'anyone',
  walletManifest: 'anyone',
  walletFeed: 'signed_in',
  topUp: 'signed_in',
  account: 'signed_in',
  accountProfile: 'signed_in',
  accountAddress: 'signed_in',
  accountAddressCode: 'signed_in',
  accountData: 'signed_in',
  accountExport: 'signed_in',
  accountErase: 'signed_in',
  accountStatement: 'signed_in',
  accountStatementExport: 'signed_in',
  orderLink: 'visitor',
  // The signed token is what counts.
  waitlistLink: 'visitor',
  transferLink: 'visitor',
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
  gate: 'gate_device',
  gateEvent: 'gate_device',
  gateScan: 'gate_device',
  gateShift: 'gate_device',
  gateShiftEnd: 'gate_device',
  // Whoever was shown the code: the token in the body is what counts.
  gateEnrol: 'visitor',
  gateEnrolLook: 'visitor',
  // Answers only to a cookie of ours and the key it names.
  gateProof: 'anyone',
  gateUndo: 'gate_device',
  gateRedeem: 'gate_device',
  gateNow: 'gate_device',
  gateManifest: 'gate_device',
  gateScanLog: 'gate_device',
  gateNews: 'gate_device',
  gateFind: 'gate_device',
  gateEmergency: { staff: 'gate.emergency' },
  gateSocket: 'device_socket',
  goLink: 'anyone',
  studio: { staff: 'event.watch' },
  studioLive: { staff: 'event.watch' },
  studioLiveSocket: { staff: 'event.watch' },
  studioLinks: { staff: 'event.edit' },
  studioTrail: { staff: 'trail.read' },
  studioTickets: { staff: 'order.read' },
  studioReissue: { staff: 'ticket.reissue' },
  studioMessages: { staff: 'operations.manage' },
  accountPush: 'signed_in',
  studioGates: { staff: 'device.manage' },
  studioGatesMessage: { staff: 'device.manage' },
  studioIncident: { staff: 'device.manage' },
  studioTicketList: { staff: 'device.manage' },
  studioDevices: { staff: 'device.manage' },
  studioDeviceLock: { staff: 'device.manage' },
  studioTeams: { staff: 'staff.manage' },
  studioTeam: { staff: 'staff.manage' },
  studioTeamMember: { staff: 'staff.manage' },
  studioInvitationRevoke: { staff: 'staff.manage' },
  studioPin: { staff: 'gate.scan' },
  studioAudit: { staff: 'audit.read' },
  studioAuditExport: { staff: 'audit.read' },
  staffInvitation: 'visitor',
  studioOperations: { staff: 'operations.manage' },
  studioMoney: { staff: 'finance.read' },
  studioMoneyOf: { staff: 'finance.read' },
  studioMoneyExport: { staff: 'finance.read' },
  studioDocuments: { staff: 'finance.read' },
  studioDocumentsExport: { staff: 'finance.read' },
  studioDocument: { staff: 'finance.read' },
  studioSeller: { staff: 'finance.read' },
  studioDisputes: { staff: 'dispute.read' },
  studioDispute: { staff: 'dispute.read' },
  // Everybody's money: a role in one business is not enough.
  studioFinance: { staff: 'finance.read', at: 'platform' },
  studioPayouts: { staff: 'payout.manage', at: 'platform' },
  studioPayoutEnd: { staff: 'payout.manage', at: 'platform' },
  studioOrders: { staff: 'order.read' },
  studioOrder: { staff: 'order.read' },
  studioOrderRefund: { staff: 'order.refund' },
  studioPlans: { staff: 'event.call_off' },
  studioPostpone: { staff: 'event.call_off' },
  studioCancel: { staff: 'event.call_off' },
  studioPlansRetry: { staff: 'event.call_off' },
  stripeWebhook: 'signed_webhook',
  media: 'anyone',
  apiAvailability: 'anyone',
  apiOrders: 'visitor',
  apiOrder: 'order_holder',
  apiOrderChanges: 'order_holder',
  apiTicketChanges: 'ticket_holder',
  apiWalletChanges: 'signed_in',
  apiScans: 'gate_device',
  apiRedemptions: 'gate_device',
  apiUndo: 'gate_device',
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
  const refused = await whyShutOut(c, rule);
  if (refused !== undefined) return refused;
  await next();
  // What may be drawn for somebody in particular is kept by no cache; a 101 answer takes no headers.
  if (c.res.status !== 101 && !c.res.headers.has('cache-control')) c.res.headers.set('Cache-Control', 'no-store');
  return undefined;
});

type Asking = Exclude<Access, 'anyone' | 'device_socket' | 'signed_webhook'>;

/** The answer for whoever may not go on; undefined for everybody else. */
async function whyShutOut(c: AppContext, rule: Asking): Promise<Response | undefined> {
  const scanner = rule === 'gate_device' ? await readGateDevice(c) : undefined;
  if (scanner?.isFresh) {
    c.set('gateDevice', scanner);
    return undefined;
  }
  await loadSession(c);
  if (rule === 'visitor' || rule === 'order_holder' || rule === 'ticket_holder') return undefined;
  const { person, session, held } = c.var;
  if (rule === 'session') return session === undefined ? refuse(c, { code: 'sign_in_required' }) : undefined;
  // On a phone that is a scanner, its own key is what it is asked for, whoever is signed in there besides.
  if (held !== undefined && scanner === undefined) return holdBack(c, held);
  if (rule === 'signed_in') return person === undefined ? refuse(c, { code: 'sign_in_required' }) : undefined;
  const needed = rule === 'gate_device' ? { staff: 'gate.scan' as const } : rule;
  if (person !== undefined && isStaff(person, needed)) return undefined;
  if (scanner !== undefined) return askForProof(c);
  if (person === undefined) return refuse(c, { code: 'sign_in_required' });
  // Ids and the route's own pattern: what somebody tried belongs in the log, whose things they tried does not.
  console.error('not permitted', c.req.method, routePath(c, -1), person.personId);
  return refuse(c, { code: 'not_permitted' });
}

function isStaff(
  { memberships }: { readonly memberships: readonly Membership[] },
  { staff, at }: Extract<Access, { staff: Permission }>,
): boolean {
  return at === 'platform'
    ? may(memberships, staff, platformBusinessId)
    : businessesWhere(memberships, staff).businessIds.length > 0;
}
