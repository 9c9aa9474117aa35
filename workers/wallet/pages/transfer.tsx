import { nameLengthMax } from '#shared/people/contact.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { TicketHead } from './ticket-frame.tsx';

const words = messages.transfers.accept;

/** An offer as its link shows it: the ticket, what its giver typed, and nothing of order, price or code. */
export type TransferView = {
  token: string;
  event: EventCard;
  typeName: string;
  accessLevel: string;
  tier: number;
  giverName: string | undefined;
  message: string | undefined;
  endsAtMs: number;
  next: TransferStep;
};

export type TransferStep =
  | { kind: 'accept'; isBearer: boolean; isGuest: boolean; asksName: boolean; nameError: boolean; signInUrl: string }
  /** Sent to an address, masked, which nobody here has proved. `signedInAs`: with another one. */
  | { kind: 'prove'; address: string; signedInAs: string | undefined }
  | { kind: 'own'; ticketUrl: string }
  | { kind: 'refused'; title: string; detail: string };

export function TransferPage({ viewer, view }: { viewer: Viewer; view: TransferView }) {
  const { event, typeName, accessLevel, tier, next, giverName, message, endsAtMs } = view;
  const heading = giverName === undefined ? words.fromSomebody : words.from(giverName);
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <article class={`ticket transfer ${stockOf(accessLevel, tier)}`}>
        <TicketHead event={event} ticket={{ typeName, accessLevel }} status={words.title} />
        <section class="ticket-facts">
          <h2>{heading}</h2>
          {message !== undefined && <blockquote>{message}</blockquote>}
          <p>{words.until(dayAndTime(endsAtMs, event.timeZone))}</p>
        </section>
      </article>
      <div class="transfer-step">
        {next.kind === 'accept' && <Accept view={view} step={next} />}
        {next.kind === 'prove' && <Prove view={view} step={next} />}
        {next.kind === 'own' && (
          <Notice title={words.own} kind="news">
            <p>{words.ownDetail}</p>
            <p>
              <a href={next.ticketUrl}>{words.ownBack}</a>
            </p>
          </Notice>
        )}
        {next.kind === 'refused' && (
          <Notice title={next.title} kind="refusal">
            <p>{next.detail}</p>
          </Notice>
        )}
      </div>
    </Layout>
  );
}

type Step<Kind extends TransferStep['kind']> = { view: TransferView; step: Extract<TransferStep, { kind: Kind }> };

function Accept({ view, step }: Step<'accept'>) {
  return (
    <>
      <form method="post" action={pathTo('transferLink')}>
        <Hidden token={view.token} what="accept" />
        {step.isBearer && <p>{words.bearer}</p>}
        {step.asksName && (
          <Field
            name="name"
            label={words.name}
            type="text"
            value=""
            hint={words.nameHint}
            error={step.nameError ? words.nameError : undefined}
            autocomplete="name"
            maxLength={nameLengthMax}
          />
        )}
        <Button>{words.accept}</Button>
      </form>
      {step.isGuest && (
        <p>
          {words.guest} <a href={step.signInUrl}>{words.signInFirst}</a>
        </p>
      )}
      <Decline token={view.token} />
    </>
  );
}

function Prove({ view, step }: Step<'prove'>) {
  return (
    <>
      {step.signedInAs === undefined ? (
        <form method="post" action={pathTo('transferLink')}>
          <Hidden token={view.token} what="prove" />
          <h2>{words.provedTitle}</h2>
          <p>{words.proved(step.address)}</p>
          <Button>{words.sendCode}</Button>
        </form>
      ) : (
        <p>{words.otherAccount(step.signedInAs, step.address)}</p>
      )}
      <Decline token={view.token} />
    </>
  );
}

function Decline({ token }: { token: string }) {
  return (
    <form method="post" action={pathTo('transferLink')}>
      <Hidden token={token} what="decline" />
      <button class="link">{words.decline}</button>
      <p class="small">{words.scanner}</p>
    </form>
  );
}

function Hidden({ token, what }: { token: string; what: 'accept' | 'decline' | 'prove' }) {
  return (
    <>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="do" value={what} />
    </>
  );
}

/** An offer that is over, or was declined just now. */
export function TransferOverPage({ viewer, title, detail }: { viewer: Viewer; title: string; detail: string }) {
  return (
    <Layout viewer={viewer} title={title} section="tickets" isPrivate>
      <div class="desk">
        <h1>{title}</h1>
        <p class="summary">{detail}</p>
        <ButtonLink href={pathTo('home')} quiet>
          {words.browse}
        </ButtonLink>
      </div>
    </Layout>
  );
}
