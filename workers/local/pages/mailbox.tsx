import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant } from '#workers/ui/messages/dates.ts';
import { local } from '#workers/local/messages.ts';

const words = local.mailbox;

/** Where this machine's pretend mail is read. Its clock is UTC: messages belong to no event. */
const timeOf = (sentAtMs: number) => new Date(sentAtMs).toISOString().slice(0, 19).replace('T', ' ');

type MailboxPageProps = { messages: { id: string; to: string; subject: string; sentAtMs: number; kind: 'email' }[] };

export function MailboxPage({ messages: received }: MailboxPageProps) {
  return (
    <Layout viewer="anonymous" title={words.title} isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{received.length > 0 ? words.lead : words.empty}</p>
      </div>
      <ul class="mails">
        {received.map(({ id, to, subject, sentAtMs }) => (
          <li>
            <a href={`/local/mailbox/${encodeURIComponent(id)}`}>{subject}</a>
            <span>{to}</span>
            <time datetime={isoInstant(sentAtMs)}>{timeOf(sentAtMs)}</time>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

type MailPageProps = {
  message: { id: string; to: string; from: string; subject: string; html: string; text: string; sentAtMs: number };
};

/** The body lies in a frame of its own, where neither its styles nor its links reach this page. */
export function MailPage({ message }: MailPageProps) {
  return (
    <Layout viewer="anonymous" title={message.subject} isPrivate>
      <div class="opening">
        <p>
          <a href="/local/mailbox">← {words.back}</a>
        </p>
        <h1>{message.subject}</h1>
      </div>
      <dl class="mail-head">
        <dt>{words.from}</dt>
        <dd>{message.from}</dd>
        <dt>{words.to}</dt>
        <dd>{message.to}</dd>
        <dt>{words.sent}</dt>
        <dd>{timeOf(message.sentAtMs)}</dd>
      </dl>
      <iframe
        class="mail-body"
        title={words.html}
        src={`/local/mailbox/${encodeURIComponent(message.id)}/body`}
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      ></iframe>
      <h2>{words.text}</h2>
      <pre class="mail-text">{message.text}</pre>
    </Layout>
  );
}
