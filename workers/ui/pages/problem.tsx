import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '../components/button.tsx';
import { Layout } from '../layout.tsx';
import { messages } from '../messages/en.ts';

type ProblemPageProps = {
  status: number;
  title: string;
  detail: string;
  /** What to do next, likeliest first. */
  actions: readonly { label: string; href: string }[];
};

/** Something went wrong: a ticket that admits to nothing, saying why and where to go instead. */
export function ProblemPage({ status, title, detail, actions }: ProblemPageProps) {
  const offered = actions.length > 0 ? actions : [{ label: messages.site.problem.back, href: pathTo('home') }];
  return (
    <Layout viewer="anonymous" title={title} isPrivate>
      <section class="problem">
        <p class="problem-stub" aria-hidden="true">
          <b>{status}</b>
          <span>{messages.site.problem.admitNone}</span>
        </p>
        <div>
          <p class="kicker">{messages.site.problem.status(status)}</p>
          <h1>{title}</h1>
          <p class="summary">{detail}</p>
          <p class="actions">
            {offered.map(({ label, href }, index) => (
              <ButtonLink href={href} quiet={index > 0}>
                {label}
              </ButtonLink>
            ))}
          </p>
        </div>
      </section>
    </Layout>
  );
}
