import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.liveCode.offline;

/**
 * What a phone shows when there is no network. Drawn for nobody and kept in every phone: whose tickets these are, its
 * island reads from the phone itself. "Try again" asks for the page one is on.
 */
export function OfflinePage() {
  return (
    <Layout
      viewer="anonymous"
      title={words.title}
      section="tickets"
      isPrivate
      app="wallet"
      islands={['wallet/offline.island.js']}
    >
      <div class="offline-bar">
        <b data-as-of role="status">
          {words.never}
        </b>
        <button class="link" type="button" data-again>
          {words.again}
        </button>
        <p data-detail>{words.detail}</p>
      </div>
      <noscript>
        <p class="summary">{words.noScripts}</p>
      </noscript>
      <div data-kept></div>
    </Layout>
  );
}
