import { transferMessageMax, giverNameMax } from '#shared/people/transfer-note.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { TextArea } from '#workers/ui/components/text-area.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { TakeBack } from './acts.tsx';

const words = messages.transfers.give;
const emailMax = 254;

export type GiveView = {
  eventId: string;
  ticketId: string;
  ticketUrl: string;
  event: EventCard;
  typeName: string;
  state:
    | { kind: 'form'; key: string; typed: TransferTyped; errors: TransferErrors; problem: Said | undefined }
    /** `address` or `link`: where it went, or what to hand on. Neither while the database does not answer. */
    | { kind: 'offered'; address: string | undefined; link: string | undefined; endsAtMs: number }
    | { kind: 'cannot'; why: Said };
};

export type TransferTyped = { email: string; giverName: string; message: string };
export type TransferErrors = { [Field in keyof TransferTyped]?: string };
type Said = { title: string; detail: string };

export function GivePage({ viewer, view }: { viewer: Viewer; view: GiveView }) {
  const { state, typeName, event, ticketUrl } = view;
  const title = state.kind === 'offered' ? words.sentTitle : words.title;
  const islands = state.kind === 'offered' && state.link !== undefined ? ['wallet/hand-on.island.js'] : undefined;
  return (
    <Layout viewer={viewer} title={title} section="tickets" isPrivate islands={islands}>
      <div class="desk give">
        <h1>{title}</h1>
        <p class="summary">{words.what(typeName, event.title)}</p>
        {state.kind === 'form' && <GiveForms view={view} state={state} />}
        {state.kind === 'offered' && <Offered view={view} state={state} />}
        {state.kind === 'cannot' && (
          <Notice title={words.cannot} kind="news">
            <p>{state.why.detail}</p>
          </Notice>
        )}
        <p>
          <a href={ticketUrl}>{words.back}</a>
        </p>
      </div>
    </Layout>
  );
}

type State<Kind extends GiveView['state']['kind']> = Extract<GiveView['state'], { kind: Kind }>;

function GiveForms({ view: { eventId, ticketId }, state }: { view: GiveView; state: State<'form'> }) {
  const { key, typed, errors, problem } = state;
  const action = pathTo('ticketGive', { eventId, ticketId });
  return (
    <>
      <p>{words.how}</p>
      {problem && (
        <Notice title={problem.title} kind="refusal">
          <p>{problem.detail}</p>
        </Notice>
      )}
      <form method="post" action={action} class="give-part">
        <h2>{words.byMail}</h2>
        <input type="hidden" name="do" value="mail" />
        <input type="hidden" name="key" value={`${key}-mail`} />
        <Field
          name="email"
          label={words.email}
          type="email"
          value={typed.email}
          hint={words.emailHint}
          error={errors.email}
          autocomplete="off"
          maxLength={emailMax}
        />
        <Field
          name="giverName"
          label={words.giverName}
          type="text"
          value={typed.giverName}
          hint={words.giverNameHint}
          error={errors.giverName}
          autocomplete="given-name"
          maxLength={giverNameMax}
          isOptional
        />
        <TextArea
          name="message"
          label={words.message}
          value={typed.message}
          hint={words.messageHint}
          error={errors.message}
          rows={3}
          maxLength={transferMessageMax}
          autocomplete="off"
          isOptional
        />
        <Button>{words.send}</Button>
      </form>
      <form method="post" action={action} class="give-part">
        <h2>{words.or}</h2>
        <p>{words.linkHow}</p>
        <input type="hidden" name="do" value="link" />
        <input type="hidden" name="key" value={`${key}-link`} />
        <Button quiet>{words.makeLink}</Button>
      </form>
    </>
  );
}

function Offered({ view, state }: { view: GiveView; state: State<'offered'> }) {
  const { address, link, endsAtMs } = state;
  const { event } = view;
  const acts = messages.transfers.acts;
  return (
    <>
      {address !== undefined && <p>{words.sentTo(address)}</p>}
      {link !== undefined && (
        <div class="give-link">
          <h2>{words.linkTitle}</h2>
          <p>{words.linkWarning}</p>
          <label for="link">{words.linkLabel}</label>
          <input id="link" type="text" value={link} readonly data-link data-title={words.shareTitle(event.title)} />
          <button class="button" type="button" hidden data-hand-on data-copied={words.copied} data-copy={words.copy}>
            {words.share}
          </button>
        </div>
      )}
      <p>
        {acts.stillYours} {acts.endsAt(dayAndTime(endsAtMs, event.timeZone))}
      </p>
      <TakeBack acts={view} />
    </>
  );
}
