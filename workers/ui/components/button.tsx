import type { Child } from 'hono/jsx';

/** The one thing a page wants done is a ticket-shaped button; everything else is a quiet one. */
export function Button({ children, quiet }: { children?: Child; quiet?: boolean | undefined }) {
  return <button class={quiet ? 'button quiet' : 'button'}>{children}</button>;
}

export function ButtonLink({ href, children, quiet }: { href: string; children?: Child; quiet?: boolean | undefined }) {
  return (
    <a class={quiet ? 'button quiet' : 'button'} href={href}>
      {children}
    </a>
  );
}
