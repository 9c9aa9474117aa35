/** Every path of the site, in one place: links, redirects and route registrations are made from it. */
export const routes = {
  home: '/',
  event: '/events/:slug',
  eventProgramme: '/events/:slug/programme',
  eventAvailability: '/events/:slug/availability',
  eventLooking: '/events/:slug/looking',
  business: '/businesses/:slug',
  checkout: '/events/:slug/checkout',
  waitlist: '/events/:slug/waitlist',
  order: '/orders/:orderId',
  orderPay: '/orders/:orderId/pay',
  orderReturn: '/orders/:orderId/return',
  orderCalendar: '/orders/:orderId/calendar.ics',
  ticket: '/orders/:orderId/tickets/:ticketId',
  orderKeep: '/orders/:orderId/keep',
  orderKeepCode: '/orders/:orderId/keep/code',
  orderKeepDismiss: '/orders/:orderId/keep/dismiss',
  orderClaim: '/orders/:orderId/claim',
  wallet: '/wallet',
  account: '/account',
  accountProfile: '/account/profile',
  accountAddress: '/account/profile/:what',
  accountAddressCode: '/account/profile/:what/code',
  accountData: '/account/data',
  accountExport: '/account/data/export',
  accountErase: '/account/data/erase',
  orderLink: '/l/order',
  waitlistLink: '/l/waitlist',
  signIn: '/sign-in',
  signInCode: '/sign-in/code',
  signInLink: '/sign-in/link',
  signInPhone: '/sign-in/phone',
  signInPasskey: '/sign-in/passkey',
  welcome: '/account/welcome',
  security: '/account/security',
  sessionEnd: '/account/security/sessions',
  deviceConfirm: '/account/security/devices',
  passkeys: '/account/security/passkeys',
  passkeyOptions: '/account/security/passkeys/options',
  prove: '/account/prove',
  proveCode: '/account/prove/code',
  provePasskey: '/account/prove/passkey',
  deviceChallenge: '/account/device/challenge',
  deviceKey: '/account/device/key',
  deviceProof: '/account/device/proof',
  deviceWithout: '/account/device/without',
  signOut: '/sign-out',
  gate: '/gate',
  gateEvent: '/gate/:slug',
  gateScan: '/gate/:slug/scans',
  gateUndo: '/gate/:slug/undo',
  gateRedeem: '/gate/:slug/redemptions',
  gateFind: '/gate/:slug/find',
  gateEmergency: '/gate/:slug/emergency',
  gateNow: '/gate/:slug/now',
  gateManifest: '/gate/:slug/manifest',
  gateNews: '/gate/:slug/news',
  gateSocket: '/gate/sockets/:address',
  gateShift: '/gate/:slug/shift',
  gateShiftEnd: '/gate/:slug/shift/end',
  gateEnrol: '/gate/enrol',
  gateEnrolLook: '/gate/enrol/look',
  gateProof: '/gate/proof',
  gateScanLog: '/gate/scan-log',
  goLink: '/go/:code',
  studio: '/studio',
  studioLive: '/studio/events/:slug/live',
  studioLiveSocket: '/studio/events/:slug/live/socket',
  studioLinks: '/studio/events/:slug/links',
  studioTrail: '/studio/events/:slug/trail',
  studioMessages: '/studio/messages',
  accountPush: '/account/push',
  studioDevices: '/studio/events/:slug/devices',
  studioDeviceLock: '/studio/events/:slug/devices/lock',
  studioTeams: '/studio/team',
  studioTeam: '/studio/team/:businessId',
  studioTeamMember: '/studio/team/:businessId/members',
  studioInvitationRevoke: '/studio/team/:businessId/invitations/revoke',
  studioPin: '/studio/pin',
  studioAudit: '/studio/audit',
  studioAuditExport: '/studio/audit/export',
  staffInvitation: '/l/staff',
  studioOperations: '/studio/operations',
  stripeWebhook: '/webhooks/stripe',
  media: '/media/:key{.+}',
  apiAvailability: '/api/v1/events/:slug/availability',
  apiOrders: '/api/v1/orders',
  apiOrder: '/api/v1/orders/:orderId',
  apiScans: '/api/v1/events/:slug/scans',
  apiRedemptions: '/api/v1/events/:slug/redemptions',
  apiUndo: '/api/v1/events/:slug/undo',
  apiTrail: '/api/v1/events/:slug/trail',
  apiTrailCheck: '/api/v1/events/:slug/trail/check',
} as const;

export type RouteName = keyof typeof routes;

type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Clean<Name> | ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Clean<Name>
    : never;
type Clean<Name extends string> = Name extends `${infer Bare}{${string}` ? Bare : Name;

type Parameters<Name extends RouteName> = Record<ParametersOf<(typeof routes)[Name]>, string>;

/** A concrete path: `pathTo('event', { slug: 'night-market' })`. Values are percent-encoded, slashes in keys kept. */
export function pathTo<Name extends RouteName>(
  name: Name,
  ...[parameters]: ParametersOf<(typeof routes)[Name]> extends never ? [] : [Parameters<Name>]
): string {
  const values: Record<string, string> = parameters ?? {};
  return routes[name].replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, key: string) =>
    encodeURIComponent(values[key] ?? '').replaceAll('%2F', '/'),
  );
}
