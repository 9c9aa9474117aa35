import { contactOf } from '#d1/queries/notices.ts';
import { pushSubscriptionsOf } from '#d1/queries/push-subscriptions.ts';
import { dayMs, secondMs } from '#shared/time.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { AnyMessage } from '#workers/messaging/message-port.ts';
import type { NoticeWay, OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { accountNotice, shortNotice } from '#workers/messaging/templates/account-notice.tsx';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';

type Notice = Extract<OutgoingMessage, { kind: 'account_notice' }>;

/**
 * One message for each way to the person: by mail, or by text for whoever gave no mail address, and to every browser
 * that asked for push. A crash half-way repeats some: the mail's key and the push's tag make one of two.
 */
export async function queueEachWay(services: Services, notice: Notice): Promise<void> {
  for (const by of await waysTo(services, notice)) await services.queueMessage({ ...notice, by });
}

async function waysTo({ db }: Services, { personId, email }: Notice): Promise<NoticeWay[]> {
  const contact = await contactOf(db, personId);
  const ways: NoticeWay[] = [];
  if ((email ?? contact?.email ?? null) !== null) ways.push({ channel: 'email' });
  else if ((contact?.phone ?? null) !== null) ways.push({ channel: 'sms' });
  for (const { endpoint } of await pushSubscriptionsOf(db, personId)) {
    ways.push({ channel: 'push', subscription: await tokenHash(endpoint) });
  }
  return ways;
}

/** Undefined when that way leads to nobody any more. */
export async function writeNotice(services: Services, notice: Notice): Promise<AnyMessage | undefined> {
  const { by, what, personId, atMs } = notice;
  const key = `account_notice/${what}/${personId}/${atMs}`;
  switch (by?.channel) {
    case undefined:
      return undefined;
    case 'email':
      return noticeMail(services, notice, key);
    case 'sms': {
      const { phone } = (await contactOf(services.db, personId)) ?? {};
      return phone == null ? undefined : { channel: 'sms', to: phone, text: shortNotice(what).body };
    }
    case 'push': {
      for (const { endpoint, p256dh, auth } of await pushSubscriptionsOf(services.db, personId)) {
        if ((await tokenHash(endpoint)) !== by.subscription) continue;
        const to = { endpoint, p256dh, auth };
        return { channel: 'push', to, ...shortNotice(what), ...pushTerms, path: pathTo('security'), tag: key };
      }
      return undefined;
    }
  }
}

/** A warning is worth waking a phone for, and worth nothing after a day. */
const pushTerms = { urgency: 'high', ttlSeconds: dayMs / secondMs } as const;

async function noticeMail(services: Services, notice: Notice, idempotencyKey: string): Promise<AnyMessage | undefined> {
  const { personId, email, what, atMs } = notice;
  const contact = await contactOf(services.db, personId);
  const to = email ?? contact?.email ?? undefined;
  if (to === undefined) return undefined;
  const isGone = what === 'account_erased';
  const securityUrl = isGone ? undefined : `${services.settings.publicOrigin}${pathTo('security')}`;
  const written = accountNotice({ what, atMs, name: contact?.name ?? '', securityUrl });
  return { channel: 'email', to, idempotencyKey, ...written };
}
