import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.account.data;

export function DataPage({ viewer }: { viewer: Viewer }) {
  return (
    <AccountFrame viewer={viewer} title={words.title} page="data">
      <p class="summary">{words.lead}</p>
      <section>
        <div class="section-head">
          <h2>{words.export}</h2>
        </div>
        <form class="account-act" method="post" action={pathTo('accountExport')}>
          <p class="prose">{words.exportDetail}</p>
          <p class="prose small">{words.exportNot}</p>
          <Button>{words.exportButton}</Button>
        </form>
      </section>
      <section>
        <div class="section-head">
          <h2>{words.erase}</h2>
        </div>
        <div class="account-act">
          <p class="prose">{words.eraseDetail}</p>
          <ButtonLink href={pathTo('accountErase')} quiet>
            {words.eraseLink}
          </ButtonLink>
        </div>
      </section>
    </AccountFrame>
  );
}
