import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.team.accept;

type InvitationPageProps = {
  viewer: Viewer;
  title: string;
  detail: string;
  /** Left out when there is nothing to accept. */
  accept?: { readonly token: string; readonly signedInAs: string | undefined } | undefined;
};

export function InvitationPage({ viewer, title, detail, accept }: InvitationPageProps) {
  return (
    <Layout viewer={viewer} title={title} isPrivate>
      <form class="desk" method="post" action={pathTo('staffInvitation')}>
        <h1>{title}</h1>
        <p class="summary">{detail}</p>
        {accept !== undefined && accept.signedInAs === undefined && (
          <>
            <p>{words.signIn}</p>
            <ButtonLink href={`${pathTo('signIn')}?${backTo(accept.token)}`}>{words.signInButton}</ButtonLink>
          </>
        )}
        {accept?.signedInAs !== undefined && (
          <>
            <p>{words.as(accept.signedInAs)}</p>
            <input type="hidden" name="token" value={accept.token} />
            <Button>{words.button}</Button>
          </>
        )}
      </form>
    </Layout>
  );
}

/** Signing in comes back here, so that the mail need not be opened twice. */
function backTo(token: string): string {
  return new URLSearchParams({ next: `${pathTo('staffInvitation')}?t=${token}` }).toString();
}
