import { Layout } from '#workers/ui/layout.tsx';
import { local } from '#workers/local/messages.ts';

const words = local.demo;

type DemoSignInPageProps = { people: { id: string; name: string; email: string; what: string }[] };

export function DemoSignInPage({ people }: DemoSignInPageProps) {
  return (
    <Layout viewer="anonymous" title={words.title} isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      <ul class="tiles">
        {people.map(({ id, name, email, what }) => (
          <li>
            <h2>{name}</h2>
            <p>{what}</p>
            <p class="small">{email}</p>
            <form method="post" action="/local/sign-in">
              <input type="hidden" name="person" value={id} />
              <button class="button quiet">{words.become(name)}</button>
            </form>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
