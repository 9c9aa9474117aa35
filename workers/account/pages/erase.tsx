import type { EraseBlock } from '#workers/operations/erase-account.ts';
import type { UpcomingEvent } from '#workers/operations/present-account.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { longDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.account.erase;

export type EraseView = {
  readonly upcoming: readonly UpcomingEvent[];
  readonly blocks: readonly EraseBlock[];
  readonly isStaff: boolean;
  /** What was typed, after a refusal. */
  readonly typed: string;
  readonly givesUp: boolean;
  /** What is in the wallet, as people read it. */
  readonly balances: readonly string[];
  readonly givesUpBalance: boolean;
  readonly errors: { readonly word?: string; readonly tickets?: string; readonly balance?: string };
};

/** Says what goes and what stays before it asks; nothing here happens by one press. */
export function ErasePage({ viewer, erase }: { viewer: Viewer; erase: EraseView }) {
  return (
    <AccountFrame viewer={viewer} title={words.title} page="data">
      <p class="summary">{words.lead}</p>
      {erase.upcoming.length > 0 && <StillAhead upcoming={erase.upcoming} />}
      {erase.balances.length > 0 && (
        <Notice title={words.balance(erase.balances)} kind="news">
          <p>
            {words.balanceDetail} <a href={pathTo('accountStatement')}>{messages.statement.link}</a>
          </p>
        </Notice>
      )}
      <div class="erase-lists">
        <List title={words.goes} items={erase.isStaff ? [...words.goesList, words.goesStaff] : words.goesList} />
        <List title={words.stays} items={words.staysList} />
      </div>
      {erase.blocks.length > 0 ? <Blocked blocks={erase.blocks} /> : <EraseForm erase={erase} />}
    </AccountFrame>
  );
}

function StillAhead({ upcoming }: { upcoming: readonly UpcomingEvent[] }) {
  const last = upcoming.toSorted((one, other) => other.event.endsAtMs - one.event.endsAtMs)[0]?.event;
  return (
    <Notice title={words.upcoming} kind="news">
      <ul class="erase-tickets">
        {upcoming.map(({ event, tickets }) => (
          <li>
            <b>{event.title}</b>
            <span>
              {longDay(event.startsAtMs, event.timeZone)}, {messages.account.overview.ticketCount(tickets)}
            </span>
          </li>
        ))}
      </ul>
      <p>{words.upcomingDetail}</p>
      {last && <p>{words.upcomingLater(longDay(last.endsAtMs, last.timeZone))}</p>}
    </Notice>
  );
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Blocked({ blocks }: { blocks: readonly EraseBlock[] }) {
  return (
    <Notice title={words.blockedTitle} kind="refusal">
      {blocks.map((block) =>
        block.why === 'last_owner' ? (
          <p>{words.blockedOwner}</p>
        ) : (
          <>
            <p>{words.blockedMoney}</p>
            <ul>
              {block.orders.map(({ url, reference }) => (
                <li>
                  <a href={url}>{words.openOrder(reference)}</a>
                </li>
              ))}
            </ul>
          </>
        ),
      )}
    </Notice>
  );
}

function GiveUp({
  name,
  label,
  isChecked,
  error,
}: {
  name: string;
  label: string;
  isChecked: boolean;
  error?: string | undefined;
}) {
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          name={name}
          value="on"
          checked={isChecked}
          aria-describedby={error === undefined ? undefined : `${name}-error`}
          aria-invalid={error === undefined ? undefined : 'true'}
        />
        {label}
      </label>
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

function EraseForm({ erase: { upcoming, balances, typed, givesUp, givesUpBalance, errors } }: { erase: EraseView }) {
  return (
    <form class="erase-form" method="post" action={pathTo('accountErase')}>
      {upcoming.length > 0 && (
        <GiveUp name="gives_up" label={words.loseTickets} isChecked={givesUp} error={errors.tickets} />
      )}
      {balances.length > 0 && (
        <GiveUp name="gives_up_balance" label={words.loseBalance} isChecked={givesUpBalance} error={errors.balance} />
      )}
      <Field
        name="word"
        label={words.confirm(words.word)}
        type="text"
        value={typed}
        error={errors.word}
        autocomplete="off"
        maxLength={20}
      />
      <div class="actions">
        <Button>{words.button}</Button>
        <ButtonLink href={pathTo('account')} quiet>
          {words.keep}
        </ButtonLink>
      </div>
    </form>
  );
}

/** Drawn for nobody: there is nobody left to draw it for. `email`: empty when no mail could be sent. */
export function ErasedPage({ email }: { email: string }) {
  const { title, lead, mailed, detail, browse } = messages.account.erased;
  return (
    <Layout viewer="anonymous" title={title} isPrivate>
      <div class="desk">
        <h1>{title}</h1>
        <p class="summary">{lead}</p>
        {email !== '' && <p>{mailed(email)}</p>}
        <p>{detail}</p>
        <ButtonLink href={pathTo('home')} quiet>
          {browse}
        </ButtonLink>
      </div>
    </Layout>
  );
}
