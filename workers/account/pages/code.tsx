import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Hidden } from './hidden.tsx';

const words = messages.signIn;
/** Six digits, and the spaces that come along with a paste. */
const codeMax = 12;

type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> };

type CodePageProps = Form & {
  viewer: Viewer;
  button: string;
  sentTo: string;
  hasLink: boolean;
  error: string | undefined;
  /** Has another code sent to the same place. */
  resend: Form;
  /** Where another address is chosen. */
  back: string;
};

/** One field: where a code that was sent is typed. */
export function CodePage(props: CodePageProps) {
  const { viewer, action, fields, button, sentTo, hasLink, error, resend, back } = props;
  return (
    <Layout viewer={viewer} title={words.sentTitle} section="tickets" isPrivate>
      <div class="desk">
        <h1>{words.sentTitle}</h1>
        <p class="summary">{words.sentDetail(sentTo)}</p>
        <form method="post" action={action}>
          <Hidden fields={fields} />
          <Field
            name="code"
            label={words.code}
            type="text"
            value=""
            error={error}
            autocomplete="one-time-code"
            maxLength={codeMax}
            isCode
          />
          <Button>{button}</Button>
        </form>
        {hasLink && <p>{words.sentLink}</p>}
        <p>{words.sentAgain}</p>
        <form class="actions" method="post" action={resend.action}>
          <Hidden fields={resend.fields} />
          <button class="link">{words.resend}</button>
          <a class="aside" href={back}>
            {words.another}
          </a>
        </form>
      </div>
    </Layout>
  );
}
