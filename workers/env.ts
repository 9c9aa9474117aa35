import * as v from 'valibot';
import type { EventInventoryNamespace } from '#objects/event-inventory/client.ts';
import type { LiveBoardNamespace } from '#objects/live-board/client.ts';
import type { PresenceNamespace } from '#objects/presence/client.ts';
import type { WalletFeedNamespace } from '#objects/wallet-feed/client.ts';
import type { OrderDeskNamespace } from '#objects/order-desk/client.ts';
import type { ChangeMessage } from '#workers/background/change-run.ts';
import type { DoorbellMessage } from '#workers/background/doorbell.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { TwilioAccount } from '#workers/messaging/adapters/twilio.ts';
import type { VapidKeys } from '#workers/messaging/adapters/web-push.ts';

/** Bindings and secrets of the Worker, as `wrangler.toml` names them. */
export type Env = {
  readonly DB: D1Database;
  readonly MEDIA: R2Bucket;
  readonly ASSETS: Fetcher;
  readonly DOORBELL: Queue<DoorbellMessage>;
  readonly MESSAGES: Queue<OutgoingMessage>;
  readonly CHANGES: Queue<ChangeMessage>;
  readonly EVENT_INVENTORY: EventInventoryNamespace;
  readonly ORDER_DESK: OrderDeskNamespace;
  readonly LIVE_BOARD: LiveBoardNamespace;
  readonly PRESENCE: PresenceNamespace;
  readonly WALLET_FEED: WalletFeedNamespace;
  readonly PUBLIC_ORIGIN: string;
  readonly MAIL_FROM: string;
  readonly MASTER_KEY: string;
  /** Mails go out by Cloudflare's binding, or by Resend, which needs its key. */
  readonly MAIL_VIA: 'cloudflare' | 'resend';
  readonly EMAIL: SendEmail;
  readonly RESEND_API_KEY?: string;
  /** Text messages are sent where all three are set. */
  readonly TWILIO_ACCOUNT_SID?: string;
  readonly TWILIO_AUTH_TOKEN?: string;
  readonly SMS_FROM?: string;
  /** Push messages are sent where both are set: a P-256 key pair as `npx web-push generate-vapid-keys` prints it. */
  readonly VAPID_PUBLIC_KEY?: string;
  readonly VAPID_PRIVATE_KEY?: string;
  readonly STRIPE_SECRET_KEY: string;
  readonly STRIPE_WEBHOOK_SECRET: string;
};

const masterKeyBytes = 32;

const settingsSchema = v.object({
  PUBLIC_ORIGIN: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/[^/]+$/, 'an origin, without a path')),
  MAIL_FROM: v.pipe(v.string(), v.minLength(3)),
  MASTER_KEY: v.pipe(
    v.string(),
    v.base64(),
    v.transform((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))),
    v.check((bytes) => bytes.length === masterKeyBytes, `${masterKeyBytes} bytes in base64`),
  ),
  MAIL_VIA: v.picklist(['cloudflare', 'resend']),
  RESEND_API_KEY: v.optional(v.pipe(v.string(), v.minLength(1))),
  TWILIO_ACCOUNT_SID: v.optional(v.pipe(v.string(), v.regex(/^AC[0-9a-f]{32}$/))),
  TWILIO_AUTH_TOKEN: v.optional(v.pipe(v.string(), v.minLength(1))),
  SMS_FROM: v.optional(v.pipe(v.string(), v.regex(/^(\+[1-9]\d{6,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/))),
  VAPID_PUBLIC_KEY: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{87}$/))),
  VAPID_PRIVATE_KEY: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{43}$/))),
  STRIPE_SECRET_KEY: v.pipe(v.string(), v.minLength(1)),
  STRIPE_WEBHOOK_SECRET: v.pipe(v.string(), v.minLength(1)),
});

/** What is configured rather than bound, parsed once an isolate: a wrong setting stops the first request, loudly. */
export type Settings = {
  readonly publicOrigin: string;
  readonly mailFrom: string;
  readonly masterKey: Uint8Array;
  readonly mailVia: { readonly resendApiKey: string } | 'cloudflare';
  readonly twilio: TwilioAccount | undefined;
  readonly vapid: VapidKeys | undefined;
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
};

const parsed = new WeakMap<object, Settings>();

export function settingsOf(env: Env): Settings {
  const known = parsed.get(env);
  if (known !== undefined) return known;
  const result = v.safeParse(settingsSchema, env);
  if (!result.success) {
    // Only names and expectations: a message that quoted the value would write a secret to the log.
    const names = result.issues.map((issue) => v.getDotPath(issue) ?? '?');
    throw new Error(`Settings missing or malformed: ${[...new Set(names)].join(', ')}`);
  }
  const set = result.output;
  const settings = {
    publicOrigin: set.PUBLIC_ORIGIN,
    mailFrom: set.MAIL_FROM,
    masterKey: set.MASTER_KEY,
    mailVia: mailViaOf(set),
    twilio: twilioOf(set),
    vapid: vapidOf(set),
    stripeSecretKey: set.STRIPE_SECRET_KEY,
    stripeWebhookSecret: set.STRIPE_WEBHOOK_SECRET,
  };
  parsed.set(env, settings);
  return settings;
}

type Parsed = v.InferOutput<typeof settingsSchema>;

function mailViaOf({ MAIL_VIA: via, RESEND_API_KEY: resendApiKey }: Parsed): Settings['mailVia'] {
  if (via === 'cloudflare') return via;
  if (resendApiKey === undefined) throw new Error('Settings missing: RESEND_API_KEY, which MAIL_VIA = "resend" needs');
  return { resendApiKey };
}

function twilioOf(set: Parsed): TwilioAccount | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, SMS_FROM: from } = set;
  if (accountSid === undefined && authToken === undefined && from === undefined) return undefined;
  if (accountSid === undefined || authToken === undefined || from === undefined) {
    throw new Error('Settings missing: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and SMS_FROM go together');
  }
  return { accountSid, authToken, from };
}

/** Push services write to the address that mails come from, should our messages trouble them. */
function vapidOf(set: Parsed): VapidKeys | undefined {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, MAIL_FROM: mailFrom } = set;
  if (publicKey === undefined && privateKey === undefined) return undefined;
  if (publicKey === undefined || privateKey === undefined) {
    throw new Error('Settings missing: VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY go together');
  }
  return { publicKey, privateKey, subject: `mailto:${/<([^<>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom}` };
}
