import type { Child } from 'hono/jsx';

type NoticeProps = {
  title: string;
  /** A refusal interrupts a screen reader; news does not. */
  kind: 'refusal' | 'news';
  id?: string | undefined;
  children?: Child;
};

export function Notice({ title, kind, id, children }: NoticeProps) {
  return (
    <div
      class={`notice ${kind}`}
      id={id}
      role={kind === 'refusal' ? 'alert' : undefined}
      tabindex={id ? -1 : undefined}
    >
      <h2>{title}</h2>
      {children}
    </div>
  );
}
