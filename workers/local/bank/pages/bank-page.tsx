import type { Child } from 'hono/jsx';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant } from '#workers/ui/messages/dates.ts';
import { local } from '#workers/local/messages.ts';
import type { Payment } from '../payment.ts';
import type { PendingWebhook } from '../payment-store.ts';
import { amountText, paymentPath, timeOf } from './frame.tsx';

const words = local.bank.list;

type BankPageProps = { payments: Payment[]; webhooks: PendingWebhook[] };

/** The bank from behind: every payment, and what it has yet to tell the shop. */
export function BankPage({ payments, webhooks }: BankPageProps) {
  const bySession = Map.groupBy(webhooks, ({ sessionId }) => sessionId);
  return (
    <Layout viewer="anonymous" title={words.title} isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{payments.length > 0 ? words.lead : words.empty}</p>
      </div>
      <ul class="mails">
        {payments.map((payment) => (
          <PaymentRow payment={payment} webhooks={bySession.get(payment.sessionId) ?? []} />
        ))}
      </ul>
    </Layout>
  );
}

function PaymentRow({ payment, webhooks }: { payment: Payment; webhooks: PendingWebhook[] }) {
  const { sessionId, terms, status, intent, createdAtMs } = payment;
  const refundedMinor = intent?.charge?.refundedMinor ?? 0;
  return (
    <li>
      <a href={paymentPath(sessionId)} aria-label={words.open(terms.title)}>
        {terms.title}
      </a>
      <b>{amountText(terms)}</b>
      <time datetime={isoInstant(createdAtMs)}>{timeOf(createdAtMs)}</time>
      <span>
        {words.session}: <code>{status}</code>
      </span>
      <span>
        {words.intent}: {intent === undefined ? words.none : <code>{intent.status}</code>}
      </span>
      {refundedMinor > 0 && <span>{words.refunded(amountText({ ...terms, amountMinor: refundedMinor }))}</span>}
      {intent?.status === 'processing' && (
        <Act action={paymentPath(sessionId, '/decision')} label={words.decide} about={terms.title} />
      )}
      {webhooks.map(({ seq, kind, tries }) => (
        <Act action={`/local/bank/webhooks/${seq}`} label={words.send} about={kind}>
          {words.waiting} <Kind kind={kind} />
          {tries > 0 && ` (${words.tries(tries)})`}{' '}
        </Act>
      ))}
    </li>
  );
}

/** A long name that may be broken where it has a joint, so that it fits a phone. */
function Kind({ kind }: { kind: string }) {
  return (
    <code>
      {kind.split(/(?<=[._])/).map((part) => (
        <>
          {part}
          <wbr />
        </>
      ))}
    </code>
  );
}

type ActProps = { action: string; label: string; about: string; children?: Child };

/** Buttons of a list look alike; what each is about is for those who hear them one by one. */
function Act({ action, label, about, children }: ActProps) {
  return (
    <form method="post" action={action}>
      {children}
      <button class="link" aria-label={`${label}: ${about}`}>
        {label}
      </button>
    </form>
  );
}
