import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { fail } from '#shared/result.ts';
import { addresses } from './account/address-routes.tsx';
import { keepOrder } from './account/keep-order.ts';
import { personalData } from './account/data-routes.tsx';
import { statement } from './account/statement-routes.tsx';
import { profile } from './account/profile-routes.tsx';
import { gateApi } from './gate/api.ts';
import { gateEmergency } from './gate/emergency.tsx';
import { gateFind } from './gate/find.tsx';
import { deviceDoor } from './account/device.ts';
import { proveDoor } from './account/prove.tsx';
import { security } from './account/security.tsx';
import { signInDoor } from './account/sign-in.tsx';
import { gateEnrol } from './gate/enrol.tsx';
import { gateOffline } from './gate/offline-doors.ts';
import { gate } from './gate/routes.tsx';
import { gateScanLog } from './gate/scan-log.ts';
import { gateShift } from './gate/shift.tsx';
import type { App, AppContext, AppEnv } from './http/app-context.ts';
import { withBodyLimit, withOriginCheck, withSecureHeaders } from './http/guards.ts';
import { withAccess } from './http/access.ts';
import { push } from './account/push-routes.ts';
import { refuse } from './http/refuse.tsx';
import { routes } from './routes.ts';
import { servicesOf, type Outside } from './services.ts';
import { ordersApi } from './storefront/api.ts';
import { cartDoor } from './storefront/cart.tsx';
import { checkout } from './storefront/checkout.tsx';
import { entry } from './storefront/entry.ts';
import { orderDocuments } from './storefront/documents.tsx';
import { orders } from './storefront/orders.tsx';
import { refunds } from './storefront/refund.tsx';
import { storefront } from './storefront/routes.tsx';
import { undelivered } from './studio/messages.tsx';
import { operations } from './studio/operations.tsx';
import { topUp } from './storefront/top-up.tsx';
import { waitlist } from './storefront/waitlist.tsx';
import { studioTickets } from './studio/tickets.tsx';
import { trail } from './studio/trail.tsx';
import { studioAudit } from './studio/audit-routes.tsx';
import { studioDocuments } from './studio/documents-routes.tsx';
import { studioDisputes } from './studio/disputes-routes.tsx';
import { studioFinance } from './studio/finance-routes.tsx';
import { studioMoney } from './studio/money-routes.tsx';
import { studioOrders } from './studio/orders-routes.tsx';
import { studioPlans } from './studio/plans-routes.tsx';
import { studioDevices } from './studio/devices-routes.tsx';
import { studioGates } from './studio/gates-routes.tsx';
import { invitation } from './studio/invitation.tsx';
import { studioStaff } from './studio/pin-routes.tsx';
import { studio } from './studio/routes.tsx';
import { studioTeam } from './studio/team-routes.tsx';
import { transfers } from './wallet/transfer-routes.tsx';
import { give } from './wallet/give-routes.tsx';
import { held } from './wallet/held-routes.tsx';
import { activation } from './wallet/activation.ts';
import { walletCopy } from './wallet/copy.ts';
import { walletOffline } from './wallet/offline.tsx';
import { walletFeeds } from './wallet/feed-routes.ts';
import { wallet } from './wallet/routes.tsx';
import { webhooks } from './webhooks/routes.ts';

/** Hono writes a parameter's pattern in braces (`:key{.+}`), the platform in brackets. */
const knownPaths = Object.values(routes).map((path) => new URLPattern({ pathname: path.replace(/\{(.+)\}/, '($1)') }));

/** An address that exists, asked for in a way it does not answer. */
function isKnownPath(url: string): boolean {
  return knownPaths.some((pattern) => pattern.test(url));
}

/** The site, put together. `outside` is how it reaches mail and gateways; the default is the internet. */
export function createApp(outside?: (context: AppContext) => Outside): App {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('services', servicesOf(c.env, outside?.(c)));
    await next();
  });
  app.use(withSecureHeaders, withBodyLimit, withOriginCheck, withAccess);
  openDoors(app);
  app.notFound((c) => refuse(c, fail(isKnownPath(c.req.url) ? 'method_not_allowed' : 'not_found').failure));
  app.onError((error, c) => {
    // The message may quote input; the path may name an order. Neither is anybody's name.
    console.error('request failed', c.req.method, routePath(c), error);
    return refuse(c, fail('internal_error').failure);
  });
  return app;
}

/** Every audience's routes. */
function openDoors(app: App): void {
  app
    .route('/', storefront)
    .route('/', entry)
    .route('/', checkout)
    .route('/', cartDoor)
    .route('/', topUp)
    .route('/', waitlist)
    .route('/', orders)
    .route('/', refunds)
    .route('/', orderDocuments)
    .route('/', keepOrder)
    .route('/', signInDoor)
    .route('/', deviceDoor)
    .route('/', proveDoor)
    .route('/', security)
    .route('/', wallet)
    .route('/', held)
    .route('/', give)
    .route('/', transfers)
    .route('/', activation)
    .route('/', walletCopy)
    .route('/', walletOffline)
    .route('/', walletFeeds)
    .route('/', profile)
    .route('/', addresses)
    .route('/', personalData)
    .route('/', statement)
    .route('/', gateEnrol)
    .route('/', gateShift)
    .route('/', gateOffline)
    .route('/', gateScanLog)
    .route('/', gate)
    .route('/', gateFind)
    .route('/', gateEmergency)
    .route('/', gateApi)
    .route('/', push)
    .route('/', undelivered)
    .route('/', operations)
    .route('/', studioMoney)
    .route('/', studioDocuments)
    .route('/', studioFinance)
    .route('/', studioDisputes)
    .route('/', studio)
    .route('/', trail)
    .route('/', studioTickets)
    .route('/', studioTeam)
    .route('/', studioDevices)
    .route('/', studioGates)
    .route('/', studioStaff)
    .route('/', studioAudit)
    .route('/', studioOrders)
    .route('/', studioPlans)
    .route('/', invitation)
    .route('/', ordersApi)
    .route('/', webhooks);
}
