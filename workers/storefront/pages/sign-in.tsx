import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.signIn;
const emailMax = 254;

type SignInPageProps = {
  viewer: Viewer;
  /** What was typed before. */
  email: string;
  error: string | undefined;
};

export function SignInPage({ viewer, email, error }: SignInPageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <form class="desk" method="post" action={pathTo('signIn')}>
        <h1>{words.title}</h1>
        <p class="summary">{words.lead}</p>
        <Field
          name="email"
          label={words.email}
          type="email"
          value={email}
          error={error}
          autocomplete="email"
          maxLength={emailMax}
        />
        <Button>{words.send}</Button>
      </form>
    </Layout>
  );
}

export function SignInSentPage({ email }: { email: string }) {
  return (
    <Layout viewer="anonymous" title={words.sentTitle} section="tickets" isPrivate>
      <div class="desk">
        <h1>{words.sentTitle}</h1>
        <p class="summary">{words.sentDetail(email)}</p>
        <p>{words.sentAgain}</p>
        <ButtonLink href={pathTo('signIn')} quiet>
          {words.another}
        </ButtonLink>
      </div>
    </Layout>
  );
}
