import type { Child } from 'hono/jsx';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.account;

const pages = [
  ['overview', pathTo('account')],
  ['statement', pathTo('accountStatement')],
  ['profile', pathTo('accountProfile')],
  ['security', pathTo('security')],
  ['data', pathTo('accountData')],
] as const;

type AccountFrameProps = {
  viewer: Viewer;
  /** The page's heading, and its document's title. */
  title: string;
  page: (typeof pages)[number][0];
  islands?: readonly string[] | undefined;
  children?: Child;
};

/** Every page of an account: its navigation beside what the page is about. */
export function AccountFrame({ viewer, title, page, islands, children }: AccountFrameProps) {
  return (
    <Layout viewer={viewer} title={title} section="account" islands={islands} isPrivate>
      <div class="account">
        <nav class="account-nav" aria-label={words.navigation}>
          {pages.map(([name, href]) => (
            <a href={href} aria-current={name === page ? 'page' : undefined}>
              {words.pages[name]}
            </a>
          ))}
        </nav>
        <div class="account-main">
          <h1>{title}</h1>
          {children}
        </div>
      </div>
    </Layout>
  );
}
