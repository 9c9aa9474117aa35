import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages;

export type Tool =
  | 'events'
  | 'orders'
  | 'team'
  | 'audit'
  | 'pin'
  | 'money'
  | 'disputes'
  | 'finance'
  | 'messages'
  | 'operations';

/** The studio's pages that belong to no single event. */
export function StudioTools({ current, shown }: { current: Tool; shown: readonly Tool[] }) {
  const tools = [
    ['events', words.studio.title, pathTo('studio')],
    ['orders', words.sellerOrders.link, pathTo('studioOrders')],
    ['team', words.team.link, pathTo('studioTeams')],
    ['audit', words.audit.link, pathTo('studioAudit')],
    ['pin', words.pin.link, pathTo('studioPin')],
    ['money', words.earnings.link, pathTo('studioMoney')],
    ['disputes', words.disputes.link, pathTo('studioDisputes')],
    ['finance', words.finance.link, pathTo('studioFinance')],
    ['messages', words.undelivered.link, pathTo('studioMessages')],
    ['operations', words.operations.link, pathTo('studioOperations')],
  ] as const;
  return (
    <nav class="studio-pages" aria-label={words.studio.title}>
      {tools
        .filter(([tool]) => shown.includes(tool))
        .map(([tool, text, href]) => (
          <a href={href} aria-current={tool === current ? 'page' : undefined}>
            {text}
          </a>
        ))}
    </nav>
  );
}
