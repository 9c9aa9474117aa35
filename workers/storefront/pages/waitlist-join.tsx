import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';

const words = messages.storefront.waitlist;
const emailMax = 254;

export type JoinView = {
  event: EventCard;
  /** What has sold out, and whatever was asked for. */
  types: { id: string; name: string; perOrderMax: number }[];
  values: { type: string; quantity: string; email: string };
  key: string;
  offerMinutes: number;
  isJoined: boolean;
  emailError: string | undefined;
  problem: { title: string; detail: string } | undefined;
};

/** One place in a line for one type, by an address alone. It promises nothing that depends on others. */
export function JoinWaitlistPage({ viewer, view }: { viewer: Viewer; view: JoinView }) {
  const { event, types, isJoined, problem } = view;
  const back = `${pathTo('event', { slug: event.slug })}#tickets`;
  return (
    <Layout viewer={viewer} title={words.title(event.title)} section="events" isPrivate>
      <div class="desk">
        <p>
          <a href={back}>← {messages.storefront.checkout.back}</a>
        </p>
        {isJoined ? (
          <div role="status">
            <h1>{words.joined}</h1>
            <p class="summary">{words.joinedDetail(view.offerMinutes)}</p>
          </div>
        ) : (
          <>
            <h1>{words.heading}</h1>
            <p class="summary">{types.length === 0 ? words.nothing : words.lead(event.title, view.offerMinutes)}</p>
            {problem && (
              <Notice kind="refusal" title={problem.title}>
                <p>{problem.detail}</p>
              </Notice>
            )}
            {types.length > 0 && <JoinForm view={view} />}
          </>
        )}
      </div>
    </Layout>
  );
}

function JoinForm({ view: { event, types, values, key, emailError } }: { view: JoinView }) {
  const most = Math.max(...types.map(({ perOrderMax }) => perOrderMax));
  return (
    <form method="post" action={pathTo('waitlist', { slug: event.slug })}>
      <input type="hidden" name="key" value={key} />
      <div class="field">
        <label for="type">{words.type}</label>
        <select id="type" name="type">
          {types.map(({ id, name }) => (
            <option value={id} selected={id === values.type}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="quantity">{words.quantity}</label>
        <select id="quantity" name="quantity">
          {Array.from({ length: most }, (_, index) => String(index + 1)).map((count) => (
            <option selected={count === values.quantity}>{count}</option>
          ))}
        </select>
      </div>
      <Field
        name="email"
        label={messages.storefront.checkout.email}
        hint={words.emailHint}
        type="email"
        value={values.email}
        error={emailError}
        autocomplete="email"
        maxLength={emailMax}
      />
      <Button>{words.join}</Button>
    </form>
  );
}
