import { PushSwitch, pushSwitchIsland } from '#workers/ui/components/push-switch.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant } from '#workers/ui/messages/dates.ts';
import { local } from '../messages.ts';
import type { KeptMessage } from './mailbox.ts';

const words = local.mailbox;

/** Where this machine's pretend post is read. Its clock is UTC: messages belong to no event. */
const timeOf = (sentAtMs: number) => new Date(sentAtMs).toISOString().slice(0, 19).replace('T', ' ');

type MailboxPageProps = {
  received: readonly KeptMessage[];
  /** Undefined while nobody is signed in. */
  vapidKey: string | undefined;
};

export function MailboxPage({ received, vapidKey }: MailboxPageProps) {
  return (
    <Layout viewer="anonymous" title={words.title} isPrivate islands={[pushSwitchIsland]}>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{received.length > 0 ? words.lead : words.empty}</p>
      </div>
      {vapidKey !== undefined && <Phones vapidKey={vapidKey} />}
      <ul class="mails">
        {received.map(({ id, channel, to, subject, sentAtMs }) => (
          <li>
            <a href={`/local/mailbox/${encodeURIComponent(id)}`}>{subject}</a>
            <b class={`channel is-${channel}`}>{words.channels[channel]}</b>
            <span>{to}</span>
            <time datetime={isoInstant(sentAtMs)}>{timeOf(sentAtMs)}</time>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

/** The account page's own switch, for this browser, and a phone that needs no push service to be reached. */
function Phones({ vapidKey }: { vapidKey: string }) {
  return (
    <div class="phones">
      <PushSwitch vapidKey={vapidKey} />
      <form method="post" action="/local/mailbox/phones">
        <h2>{words.phone}</h2>
        <p>{words.phoneHint}</p>
        <button class="button quiet">{words.addPhone}</button>
      </form>
    </div>
  );
}

export function MessagePage({ message }: { message: KeptMessage }) {
  return (
    <Layout viewer="anonymous" title={message.subject} isPrivate>
      <div class="opening">
        <p>
          <a href="/local/mailbox">← {words.back}</a>
        </p>
        <h1 class={message.channel === 'email' ? undefined : 'small-title'}>{message.subject}</h1>
      </div>
      <dl class="mail-head">
        <dt>{words.channel}</dt>
        <dd>{words.channels[message.channel]}</dd>
        <dt>{words.from}</dt>
        <dd>{message.from}</dd>
        <dt>{words.to}</dt>
        <dd>{message.to}</dd>
        <dt>{words.sent}</dt>
        <dd>{timeOf(message.sentAtMs)}</dd>
      </dl>
      {message.html !== undefined && <MailBody id={message.id} />}
      <pre class="mail-text">{message.text}</pre>
    </Layout>
  );
}

/** The body lies in a frame of its own, where neither its styles nor its links reach this page. */
function MailBody({ id }: { id: string }) {
  return (
    <>
      <iframe
        class="mail-body"
        title={words.html}
        src={`/local/mailbox/${encodeURIComponent(id)}/body`}
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      ></iframe>
      <h2>{words.text}</h2>
    </>
  );
}
