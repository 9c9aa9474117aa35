import { database, type Database } from '#d1/database.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { presenceOf } from '#objects/presence/client.ts';
import { walletFeedOf, type WalletFeedName } from '#objects/wallet-feed/client.ts';
import { deskNamed, deskOfOrder } from '#objects/order-desk/client.ts';
import type { EpochMs } from '#shared/time.ts';
import { settingsOf, type Env, type Settings } from '#workers/env.ts';
import { manifestSigner, type ManifestSigner } from '#workers/keys/manifest-key.ts';
import { ticketKeys, type TicketKeys } from '#workers/keys/ticket-keys.ts';
import { ledgerBalance } from '#workers/payments/balance.ts';
import { stripeBooks, type GatewayBooks } from '#workers/payments/gateway-books.ts';
import type { PaymentGateway } from '#workers/payments/gateway.ts';
import { stripeGateway } from '#workers/payments/stripe.ts';
import { tenders, type Tenders } from '#workers/payments/tenders.ts';
import { cloudflareEmail } from '#workers/messaging/adapters/cloudflare-email.ts';
import { resendMail } from '#workers/messaging/adapters/resend.ts';
import { noSms, twilioSms } from '#workers/messaging/adapters/twilio.ts';
import { noPush, webPush } from '#workers/messaging/adapters/web-push.ts';
import { messagePort, type MessagePort } from '#workers/messaging/message-port.ts';

/** What use cases work with: bindings wrapped in our own types, and every source of time and chance. */
export type Services = {
  readonly settings: Settings;
  readonly db: Database;
  readonly media: R2Bucket;
  readonly clock: () => EpochMs;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly tickets: TicketKeys;
  readonly manifests: ManifestSigner;
  readonly inventory: (eventId: string) => ReturnType<typeof inventoryOf>;
  readonly desk: (name: string) => ReturnType<typeof deskNamed>;
  /** Undefined when the id is not an order's. */
  readonly deskOf: (orderId: string) => ReturnType<typeof deskOfOrder>;
  readonly presence: (eventId: string) => ReturnType<typeof presenceOf>;
  /** Tells open wallets to read the change feed. One that cannot be told reads it late, so this never fails. */
  readonly tellWallets: (names: readonly WalletFeedName[]) => Promise<void>;
  /** `delaySeconds`: not delivered before, twelve hours at most. */
  readonly queueMessage: (message: Parameters<Env['MESSAGES']['send']>[0], delaySeconds?: number) => Promise<void>;
  /** Has the orders of an event that was cancelled or moved looked after. */
  readonly queueChange: (changeId: string, delaySeconds?: number) => Promise<void>;
  /** Sends now. Use cases queue instead (`queueMessage`), so that nobody waits for a provider. */
  readonly messages: MessagePort;
  readonly gateway: PaymentGateway;
  /** The gateway's own list of what it did. */
  readonly gatewayBooks: GatewayBooks;
  /** Card and balance, each asked for its own part. */
  readonly money: Tenders;
};

/** How this process reaches the outside: the internet when deployed, the built-in sandboxes when run locally. */
export type Outside = {
  readonly mailFetch: typeof fetch;
  readonly smsFetch: typeof fetch;
  readonly pushFetch: typeof fetch;
  readonly gatewayFetch: typeof fetch;
};

const reach: typeof fetch = (input, init) => fetch(input, init);
const internet: Outside = { mailFetch: reach, smsFetch: reach, pushFetch: reach, gatewayFetch: reach };

const made = new WeakMap<Env, Services>();

/** The services of an environment, made once an isolate. */
export function servicesOf(env: Env, outside: Outside = internet): Services {
  const known = made.get(env);
  if (known !== undefined) return known;
  const settings = settingsOf(env);
  const gateway = stripeGateway({
    secretKey: settings.stripeSecretKey,
    webhookSecret: settings.stripeWebhookSecret,
    publicOrigin: settings.publicOrigin,
    fetch: outside.gatewayFetch,
    clock: Date.now,
  });
  const db = database(env.DB);
  const services: Services = {
    settings,
    db,
    media: env.MEDIA,
    clock: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    tickets: ticketKeys(settings.masterKey),
    manifests: manifestSigner(settings.masterKey),
    inventory: (eventId) => inventoryOf(env.EVENT_INVENTORY, eventId),
    desk: (name) => deskNamed(env.ORDER_DESK, name),
    deskOf: (orderId) => deskOfOrder(env.ORDER_DESK, orderId),
    presence: (eventId) => presenceOf(env.PRESENCE, eventId),
    tellWallets: (names) => tellWallets(env, names),
    queueMessage: async (message, delaySeconds = 0) => {
      await env.MESSAGES.send(message, { delaySeconds });
    },
    queueChange: async (changeId, delaySeconds = 0) => {
      await env.CHANGES.send({ changeId }, { delaySeconds });
    },
    gateway,
    money: tenders(gateway, ledgerBalance(db, Date.now)),
    gatewayBooks: stripeBooks({ secretKey: settings.stripeSecretKey, fetch: outside.gatewayFetch }),
    messages: messagesOf(env, outside),
  };
  made.set(env, services);
  return services;
}

async function tellWallets({ WALLET_FEED }: Env, names: readonly WalletFeedName[]): Promise<void> {
  const told = await Promise.allSettled(names.map((name) => walletFeedOf(WALLET_FEED, name).tell()));
  const failed = told.find((one) => one.status === 'rejected');
  if (failed !== undefined) console.error('a wallet was not told', failed.reason);
}

function messagesOf(env: Env, outside: Outside): MessagePort {
  const { mailVia, mailFrom: from, twilio, vapid } = settingsOf(env);
  return messagePort({
    email:
      mailVia === 'cloudflare'
        ? cloudflareEmail({ binding: env.EMAIL, from })
        : resendMail({ apiKey: mailVia.resendApiKey, from, fetch: outside.mailFetch }),
    sms: twilio === undefined ? noSms : twilioSms(twilio, { fetch: outside.smsFetch }),
    push: vapid === undefined ? noPush : webPush(vapid, { fetch: outside.pushFetch }),
  });
}
