import { pathTo } from '#workers/routes.ts';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime, isoInstant } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { UndeliveredView } from '../views.ts';

const words = messages.undelivered;

type UndeliveredPageProps = {
  viewer: Viewer;
  letters: readonly UndeliveredView[];
  /** There may be more than the page shows. */
  isFull: boolean;
  problem: { title: string; detail: string } | undefined;
};

export function UndeliveredPage({ viewer, letters, isFull, problem }: UndeliveredPageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      {problem !== undefined && (
        <Notice kind="refusal" title={problem.title}>
          <p>{problem.detail}</p>
        </Notice>
      )}
      {letters.length === 0 && (
        <Notice kind="news" title={words.none}>
          <p>{words.noneHint}</p>
        </Notice>
      )}
      <ul class="letters">
        {letters.map((letter) => (
          <Letter letter={letter} />
        ))}
      </ul>
      {isFull && <p>{words.full(letters.length)}</p>}
    </Layout>
  );
}

/** The platform has no place of its own, so its clock is UTC and says so. */
const timeOf = (atMs: number) => `${dayAndTime(atMs, 'UTC')} UTC`;

function Letter({ letter }: { letter: UndeliveredView }) {
  const { kind, why, failedAtMs, aboutId, canSendAgain } = letter;
  return (
    <li>
      <h2>{words.kinds[kind]}</h2>
      <dl>
        <dt>{words.failed}</dt>
        <dd>
          <time datetime={isoInstant(failedAtMs)}>{timeOf(failedAtMs)}</time>
        </dd>
        <dt>{words.why}</dt>
        <dd>{why}</dd>
        <dt>{words.about}</dt>
        <dd>{aboutId === undefined ? words.aboutNobody : <code>{aboutId}</code>}</dd>
      </dl>
      {!canSendAgain && <p class="small">{words.notAgain[kind]}</p>}
      <div class="settle">
        {canSendAgain && <Settle letter={letter} action="send_again" text={words.again} />}
        <Settle letter={letter} action="let_go" text={words.letGo} />
      </div>
    </li>
  );
}

type SettleProps = { letter: UndeliveredView; action: 'send_again' | 'let_go'; text: string };

function Settle({ letter: { id, kind, failedAtMs }, action, text }: SettleProps) {
  const nameId = `${action}-${id}`;
  return (
    <form method="post" action={pathTo('studioMessages')}>
      <input type="hidden" name="letter" value={id} />
      <input type="hidden" name="action" value={action} />
      <span id={nameId} hidden>
        {words.actionOn(text, words.kinds[kind], timeOf(failedAtMs))}
      </span>
      <button class={action === 'let_go' ? 'link' : 'button quiet'} aria-describedby={nameId}>
        {text}
      </button>
    </form>
  );
}
