import type { Want } from '#shared/access/sessions.ts';
import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '../components/button.tsx';
import { Layout } from '../layout.tsx';
import { messages } from '../messages/en.ts';

const words = messages.security.held;

type HeldPageProps = {
  want: Want;
  /** A path of this site to go on to. */
  next: string;
};

const proveAt = (next: string, more: Record<string, string> = {}) =>
  `${pathTo('prove')}?${new URLSearchParams({ next, ...more }).toString()}`;

/** Between a session and a page that opens gates: its island shows the browser's key and goes on; people see it for a blink. */
export function HeldPage({ want, next }: HeldPageProps) {
  if (want === 'confirm_device') return <NewBrowser next={next} />;
  const isNaming = want === 'name_key';
  const lost = proveAt(next, { lost: '1' });
  return (
    <Layout viewer="anonymous" title={words.checking} islands={['ui/held.island.js']} isPrivate>
      <div class="desk" data-held={want} data-next={next} data-lost={isNaming ? pathTo('signIn') : lost}>
        <h1>{words.checking}</h1>
        <p class="summary" role="status">
          {isNaming ? words.namingDetail : words.checkingDetail}
        </p>
        <noscript>
          <p>{words.withoutScripts}</p>
          {isNaming ? (
            <form method="post" action={pathTo('deviceWithout')}>
              <input type="hidden" name="next" value={next} />
              <p>{words.goOnWithoutDetail}</p>
              <button class="button">{words.goOnWithout}</button>
            </form>
          ) : (
            <p>
              <ButtonLink href={lost}>{words.useCode}</ButtonLink>
            </p>
          )}
        </noscript>
        <div hidden data-failed>
          <p>{words.failed}</p>
          <p class="actions">
            <ButtonLink href={isNaming ? proveAt(next) : lost}>{words.useCode}</ButtonLink>
          </p>
        </div>
      </div>
    </Layout>
  );
}

function NewBrowser({ next }: { next: string }) {
  return (
    <Layout viewer="anonymous" title={words.newTitle} isPrivate>
      <div class="desk">
        <h1>{words.newTitle}</h1>
        <p class="summary">{words.newDetail}</p>
        <p>{words.newWays}</p>
        <p class="actions">
          <ButtonLink href={proveAt(next)}>{words.confirmHere}</ButtonLink>
        </p>
      </div>
    </Layout>
  );
}
