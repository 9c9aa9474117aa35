import type { Child } from 'hono/jsx';
import { pathTo } from '#workers/routes.ts';
import { BrandMark } from './components/brand-mark.tsx';
import type { DocumentProps } from './document.tsx';
import { Document } from './document.tsx';
import { messages } from './messages/en.ts';
import type { Viewer } from './viewer.ts';

type LayoutProps = Omit<DocumentProps, 'children'> & {
  viewer: Viewer;
  /** The section of the navigation this page belongs to. */
  section?: 'events' | 'tickets' | 'cart' | 'account' | 'gates' | 'studio' | undefined;
  children?: Child;
};

/** The organiser's pages have tables and a board that nobody else should wait for. */
const studioStyles = ['app.css', 'studio.css'];

/** Every page but the gate's: header, main landmark, footer. */
export function Layout({ viewer, section, children, islands = [], ...document }: LayoutProps) {
  const bond = viewer === 'anonymous' ? undefined : viewer.bond;
  return (
    <Document
      styles={section === 'studio' ? studioStyles : undefined}
      islands={[...islands, 'ui/cart.island.js', ...(bond === undefined ? [] : ['ui/bond.island.js'])]}
      {...document}
    >
      <a class="skip" href="#main">
        {messages.site.skip}
      </a>
      <header class="top">
        <a class="brand" href={pathTo('home')} aria-label={messages.site.home}>
          <BrandMark />
          <span aria-hidden="true">{messages.site.name}</span>
        </a>
        <nav aria-label={messages.site.mainNavigation}>
          <NavLink href={pathTo('home')} text={messages.site.events} isCurrent={section === 'events'} />
          <NavLink href={pathTo('wallet')} text={messages.site.myTickets} isCurrent={section === 'tickets'} />
          <a href={pathTo('cart')} aria-current={section === 'cart' ? 'page' : undefined}>
            {messages.storefront.cart.link} <b class="cart-count" data-cart hidden></b>
          </a>
          {viewer !== 'anonymous' && viewer.mayScan && (
            <NavLink href={pathTo('gate')} text={messages.site.gates} isCurrent={section === 'gates'} />
          )}
          {viewer !== 'anonymous' && viewer.mayWatch && (
            <NavLink href={pathTo('studio')} text={messages.studio.title} isCurrent={section === 'studio'} />
          )}
          {viewer !== 'anonymous' && (
            <NavLink href={pathTo('account')} text={messages.site.account} isCurrent={section === 'account'} />
          )}
          {viewer !== 'anonymous' && <SignOut name={viewer.name} />}
          {bond && <span hidden data-bond={bond.inMs}></span>}
        </nav>
      </header>
      <main id="main" tabindex={-1}>
        {children}
      </main>
      <Footer />
    </Document>
  );
}

function NavLink({ href, text, isCurrent }: { href: string; text: string; isCurrent: boolean }) {
  return (
    <a href={href} aria-current={isCurrent ? 'page' : undefined}>
      {text}
    </a>
  );
}

function SignOut({ name }: { name: string }) {
  return (
    <form method="post" action={pathTo('signOut')}>
      <button class="link" title={messages.site.signedInAs(name)}>
        {messages.site.signOut}
      </button>
    </form>
  );
}

function Footer() {
  return (
    <footer class="bottom">
      <p class="display">{messages.site.footer.promise}</p>
      <p>{messages.site.footer.how}</p>
      <p class="small">{messages.site.name}</p>
    </footer>
  );
}
