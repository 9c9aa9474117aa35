import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.security.welcome;

/** After the very first sign-in: one tap makes a passkey, another goes on. */
export function WelcomePage({ viewer, next }: { viewer: Viewer; next: string }) {
  return (
    <Layout viewer={viewer} title={words.title} islands={['account/passkey.island.js']} isPrivate>
      <div class="desk">
        <h1>{words.title}</h1>
        <p class="summary">{words.lead}</p>
        <div class="actions" data-add-passkey={pathTo('passkeyOptions')} data-next={next} data-failed={words.failed}>
          <button class="button" type="button" hidden>
            {words.add}
          </button>
          <a class="button quiet" href={next}>
            {words.later}
          </a>
          <p class="error" role="alert"></p>
        </div>
      </div>
    </Layout>
  );
}
