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

/** Where a browser takes push messages (RFC 8030), with the keys they are sealed to (RFC 8291), base64url. */
export type PushSubscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

/** One push message. A repeat carries the same `tag`, and so takes the place of the one it repeats. */
export type Push = {
  readonly channel: 'push';
  readonly to: PushSubscription;
  readonly title: string;
  readonly body: string;
  /** What pressing it opens: a path of ours. */
  readonly path: string;
  readonly tag: string;
  readonly urgency: 'low' | 'normal' | 'high';
  /** How long the push service keeps it for a phone that is off. */
  readonly ttlSeconds: number;
};

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
      /** Nobody is there any more: the browser dropped its subscription. */
      readonly isGone?: true;
    };

export type Channels = {
  readonly email: (mail: Mail) => Promise<SendResult>;
  readonly sms: (sms: Sms) => Promise<SendResult>;
  readonly push: (push: Push) => Promise<SendResult>;
};

export type AnyMessage = Mail | Sms | Push;

/** The one way out for everything we tell people, whatever carries it. Never throws for what a provider did. */
export type MessagePort = { readonly send: (message: AnyMessage) => Promise<SendResult> };

export function messagePort(channels: Channels): MessagePort {
  return {
    async send(message) {
      switch (message.channel) {
        case 'email':
          if (!addressShape.test(message.to)) return { sent: false, retry: false, why: 'Not one mail address' };
          return channels.email({ ...message, subject: oneLine(message.subject) });
        case 'sms':
          return channels.sms(message);
        case 'push':
          return channels.push(message);
      }
    },
  };
}

/** One address and nothing else: a comma would add a recipient, a line break a header, an angle bracket a name. */
const addressShape = /^[^\s,;:<>()[\]\\"@\p{Cc}]{1,64}@[^\s,;:<>()[\]\\"@\p{Cc}]{1,253}$/u;

const subjectLimitChars = 200;

/** A subject holds what organisers called their event: a line break in it must not start a header of theirs. */
function oneLine(subject: string): string {
  const line = subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= subjectLimitChars ? line : `${line.slice(0, subjectLimitChars - 1)}…`;
}
