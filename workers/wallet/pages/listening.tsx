import type { Child } from 'hono/jsx';
import type { EpochMs } from '#shared/time.ts';
import type { FeedSource } from '../views.ts';

type ListeningProps = { feeds: readonly FeedSource[]; turnMs: EpochMs | undefined; children?: Child };

/** The island's name, for pages that listen. First on the page: it remembers pieces as the server drew them. */
export const listeningIsland = 'wallet/wallet.island.js';

/**
 * What keeps itself up to date. Inside, an element with `data-piece` is drawn anew when the server draws it differently, and
 * left alone otherwise; its `data-says` is read out then. Without scripts it is a page like any other.
 */
export function Listening({ feeds, turnMs, children }: ListeningProps) {
  return (
    <>
      <div data-wallet={JSON.stringify(feeds)} data-turn={turnMs}>
        {children}
      </div>
      <p class="hidden" role="status" data-announced></p>
    </>
  );
}
