import { account } from './en/account.ts';
import { audit } from './en/audit.ts';
import { devices, scanner } from './en/devices.ts';
import { floor } from './en/floor.ts';
import { gate } from './en/gate.ts';
import { handheld } from './en/handheld.ts';
import { transfers } from './en/transfers.ts';
import { liveCode } from './en/live-code.ts';
import { mail } from './en/mail.ts';
import { documents } from './en/documents.ts';
import { disputes } from './en/disputes.ts';
import { earnings, finance, statement } from './en/money.ts';
import { notices } from './en/notices.ts';
import { plans } from './en/plans.ts';
import { push } from './en/push.ts';
import { security } from './en/security.ts';
import { operations } from './en/operations.ts';
import { sellerOrders } from './en/seller-orders.ts';
import { signIn } from './en/sign-in.ts';
import { site } from './en/site.ts';
import { sms } from './en/sms.ts';
import { storefront } from './en/storefront.ts';
import { studio } from './en/studio.ts';
import { undelivered } from './en/undelivered.ts';
import { pin, team } from './en/team.ts';
import { ticket } from './en/ticket.ts';

/**
 * Every word people read, in English. Parameters are functions, so that the compiler notices a missing one.
 * Pages take `messages`; an island takes only the part it speaks, so that the rest stays out of its bundle.
 */
export const messages = {
  site,
  storefront,
  ticket,
  transfers,
  signIn,
  security,
  account,
  floor,
  liveCode,
  gate,
  handheld,
  scanner,
  studio,
  team,
  pin,
  devices,
  audit,
  undelivered,
  mail,
  sms,
  notices,
  push,
  operations,
  sellerOrders,
  plans,
  statement,
  earnings,
  documents,
  disputes,
  finance,
};

export { liveCode as liveCodeMessages } from './en/live-code.ts';
export { ticket as ticketMessages } from './en/ticket.ts';
export { wallet as walletMessages, walletAloud as walletAloudMessages } from './en/wallet.ts';
export { push as pushMessages } from './en/push.ts';
export { scanner as scannerMessages } from './en/devices.ts';
export { gate as gateMessages } from './en/gate.ts';
export { handheld as handheldMessages } from './en/handheld.ts';
export { signIn as signInMessages } from './en/sign-in.ts';
export { studio as studioMessages } from './en/studio.ts';
export { availability as availabilityMessages, storefront as storefrontMessages } from './en/storefront.ts';
export { waitlist as waitlistMessages } from './en/waitlist.ts';
export { countdown as countdownMessages } from './en/order.ts';

export type Messages = typeof messages;
