/** One mail. `idempotencyKey` lets a provider that knows such keys drop a repeat: queues deliver at least once. */
export type Mail = {
  readonly channel: 'email';
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly idempotencyKey: string;
};

/**
 * One text message, `to` in E.164. It has no idempotency key, because Twilio takes none and a marker of ours could only
 * be written before the call (then a crash loses the message) or after it (then a crash repeats it). It is sent at least
 * once: a code that comes twice is the same code, and harmless.
 */
export type Sms = { readonly channel: 'sms'; readonly to: string; readonly text: string };

/** What became of a message. `why` goes to the log and to the operators' page: it never quotes an address or a text. */
export type SendResult =
  | { readonly sent: true }
  | {
      readonly sent: false;
      /** Whether the same message may go through later. */
      readonly retry: boolean;
      readonly why: string;
      /** How long the provider asked us to wait. */
      readonly retryAfterSeconds?: number | undefined;
    };

export type Channels = {
  readonly email: (mail: Mail) => Promise<SendResult>;
  readonly sms: (sms: Sms) => Promise<SendResult>;
};

export type AnyMessage = Mail | Sms;

/** The one way out for everything we tell people, whatever carries it. Never throws for what a provider did. */
export type MessagePort = { readonly send: (message: AnyMessage) => Promise<SendResult> };

export function messagePort(channels: Channels): MessagePort {
  return {
    send(message) {
      switch (message.channel) {
        case 'email':
          return channels.email(message);
        case 'sms':
          return channels.sms(message);
      }
    },
  };
}
