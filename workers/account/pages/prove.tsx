import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Hidden } from './hidden.tsx';
import { PasskeyButton } from './sign-in.tsx';

const words = messages.security.prove;

type ProvePageProps = {
  viewer: Viewer;
  /** Masked; undefined when a code could go nowhere. */
  sendTo: string | undefined;
  hasPasskey: boolean;
  /** A new browser waits for it. */
  isConfirming: boolean;
  next: string | undefined;
  lost: boolean;
};

export function ProvePage({ viewer, sendTo, hasPasskey, isConfirming, next, lost }: ProvePageProps) {
  return (
    <Layout viewer={viewer} title={words.title} islands={['account/passkey.island.js']} isPrivate>
      <div class="desk">
        <h1>{words.title}</h1>
        <p class="summary">{isConfirming ? words.leadConfirm : lost ? words.leadLost : words.lead}</p>
        {sendTo === undefined ? (
          <p>{words.noAddress}</p>
        ) : (
          <form method="post" action={pathTo('prove')}>
            <Hidden fields={{ next: next ?? '', lost: lost ? '1' : '' }} />
            <Button>{words.send}</Button>
            <p class="small">{words.goesTo(sendTo)}</p>
          </form>
        )}
        {hasPasskey && <PasskeyButton door={pathTo('provePasskey')} next={next} label={words.passkey} lost={lost} />}
      </div>
    </Layout>
  );
}
