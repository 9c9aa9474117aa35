import type { Child } from 'hono/jsx';

type SectionProps = {
  id: string;
  title: string;
  /** A short line beside the heading. */
  aside?: string | undefined;
  children?: Child;
};

/** One titled part of the page, which links can point at. */
export function Section({ id, title, aside, children }: SectionProps) {
  return (
    <section id={id}>
      <div class="section-head">
        <h2>{title}</h2>
        {aside && <p>{aside}</p>}
      </div>
      {children}
    </section>
  );
}
