import type { Child } from 'hono/jsx';

/** The one thing a page wants done is a ticket-shaped button; everything else is a quiet one. */
type ButtonProps = {
  children?: Child;
  quiet?: boolean | undefined;
  /** Id of what it acts on, where a page has many alike. */
  describedBy?: string | undefined;
};

export function Button({ children, quiet, describedBy }: ButtonProps) {
  return (
    <button class={quiet ? 'button quiet' : 'button'} aria-describedby={describedBy}>
      {children}
    </button>
  );
}

export function ButtonLink({ href, children, quiet }: { href: string; children?: Child; quiet?: boolean | undefined }) {
  return (
    <a class={quiet ? 'button quiet' : 'button'} href={href}>
      {children}
    </a>
  );
}
