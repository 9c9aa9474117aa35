import type { Child } from 'hono/jsx';
import { formatMoney, money, type Currency } from '#shared/money/money.ts';
import { Document } from '#workers/ui/document.tsx';
import { isoInstant } from '#workers/ui/messages/dates.ts';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Payment } from '../payment.ts';

const words = local.bank;

/** A page of the bank: it is somebody else's house, so neither the shop's navigation nor its footer is here. */
export function BankFrame({ title, children }: { title: string; children?: Child }) {
  return (
    <Document title={title} isPrivate>
      <a class="skip" href="#main">
        {messages.site.skip}
      </a>
      <header class="top">
        <p class="kicker">{words.name}</p>
      </header>
      <main id="main" tabindex={-1}>
        {children}
      </main>
    </Document>
  );
}

/** Who gets how much for what. */
export function PaymentFacts({ payment: { terms, expiresAtMs, sessionId } }: { payment: Payment }) {
  return (
    <dl class="mail-head">
      <dt>{words.merchant}</dt>
      <dd>{messages.site.name}</dd>
      <dt>{words.what}</dt>
      <dd>{terms.title}</dd>
      <dt>{words.amount}</dt>
      <dd>
        <b>{amountText(terms)}</b>
      </dd>
      <dt>{words.until}</dt>
      <dd>
        <time datetime={isoInstant(expiresAtMs)}>{timeOf(expiresAtMs)}</time>
      </dd>
      <dt>{words.list.session}</dt>
      <dd>
        <code>…{sessionId.slice(-shownDigits)}</code>
      </dd>
    </dl>
  );
}

const shownDigits = 8;

/** The API knows currencies the shop does not sell in; a payment in one of those was not made by it. */
export function amountText({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return formatMoney(money(amountMinor, currency.toUpperCase() as Currency));
}

/** Banks belong to no event's zone: UTC. */
export function timeOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function paymentPath(sessionId: string, step: '' | '/code' | '/decision' | '/later' = ''): string {
  return `/local/bank/${encodeURIComponent(sessionId)}${step}`;
}
