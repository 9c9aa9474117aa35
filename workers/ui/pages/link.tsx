import { Button } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';

type LinkPageProps = {
  title: string;
  detail: string;
  /** Where the button posts to. */
  action: string;
  token: string;
  button: string;
};

/** Where an emailed link lands. Mail scanners open links, so opening one spends nothing: only the button does. */
export function LinkPage({ title, detail, action, token, button }: LinkPageProps) {
  return (
    <Layout viewer="anonymous" title={title} isPrivate>
      <form class="desk" method="post" action={action}>
        <h1>{title}</h1>
        <p class="summary">{detail}</p>
        <input type="hidden" name="token" value={token} />
        <Button>{button}</Button>
        <p class="small">{messages.signIn.onlyYou}</p>
      </form>
    </Layout>
  );
}
