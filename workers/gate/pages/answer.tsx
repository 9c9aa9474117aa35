import { shownAs } from '#shared/admission/next-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { stepGroups, type StepForm } from '#workers/ui/messages/gate-steps.ts';
import { verdictWords, type VerdictWords } from '#workers/ui/messages/verdict-words.ts';
import type { GateAnswer, GateView } from '../views.ts';
import { Lamp } from './lamp.tsx';

const words = messages.gate;

const nothing = { first: [], withheld: [], facts: [], byHand: undefined } as const;

function wordsOf(answer: GateAnswer | undefined, timeZone: string): VerdictWords {
  if (answer === undefined) return { ...nothing, word: words.ready, says: words.readyNext, next: '' };
  if (answer.kind === 'verdict') return verdictWords(answer.verdict, timeZone);
  if (answer.kind === 'problem') {
    const says = `${answer.title}. ${answer.detail}`;
    return { ...nothing, word: words.problem, says, next: words.problemNext };
  }
  const { takenBack: word, takenBackSays: says, takenBackNext: next } = words.steps;
  return { ...nothing, word, says, next };
}

/** The island writes into these same elements, so both ways look alike. */
export function Answer({ answer, timeZone }: { answer: GateAnswer | undefined; timeZone: string }) {
  const shown = wordsOf(answer, timeZone);
  const verdict = answer?.kind === 'verdict' ? answer.verdict : undefined;
  const paper = verdict?.ticket && stockOf(verdict.ticket.accessLevel);
  const look = verdict === undefined ? 'ready' : shownAs(verdict);
  return (
    <section
      class="answer"
      aria-label={words.verdict}
      data-answer
      data-outcome={answer?.kind === 'problem' ? 'problem' : look}
    >
      <Lamp shown={look} />
      <div class="answer-main" role="status" aria-atomic="true">
        <p class="by-hand" data-by-hand hidden={shown.byHand === undefined}>
          {shown.byHand}
        </p>
        <p class="word" data-word>
          {shown.word}
        </p>
        <div class="gives">
          <p class="says" data-says>
            {shown.says}
          </p>
          <Lines texts={shown.first} name="first" />
          <p data-next>{shown.next}</p>
          <Lines texts={shown.facts} name="facts" />
        </div>
        <Lines texts={shown.withheld} name="withheld" />
      </div>
      <p class={`paper ${paper ?? ''}`} data-paper hidden={verdict?.ticket === undefined}>
        {verdict?.ticket && `${verdict.ticket.typeName}, ${verdict.ticket.accessLevel}`}
      </p>
    </section>
  );
}

function Lines({ texts, name }: { texts: readonly string[]; name: 'first' | 'facts' | 'withheld' }) {
  return (
    <ul class={name} data-lines={name}>
      {texts.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  );
}

/** What can be done about the answer: compare a name, hand something over, take it back, let in by hand. */
export function Steps({ gate }: { gate: GateView }) {
  const { answer, event, can, freshId } = gate;
  const groups = answer?.kind === 'verdict' ? stepGroups(answer.verdict, can, answer.presented, freshId) : [];
  return (
    <section class="gate-steps" aria-label={words.steps.title} data-steps hidden={groups.length === 0}>
      {groups.map(({ fold, forms }) => {
        const drawn = forms.map((form) => <Step form={form} slug={event.slug} />);
        if (fold === undefined) return drawn;
        return (
          <details>
            <summary>{fold}</summary>
            {drawn}
          </details>
        );
      })}
    </section>
  );
}

const routeOf = { compare: 'gateScan', by_hand: 'gateScan', take_back: 'gateUndo', hand_over: 'gateRedeem' } as const;

function Step({ form, slug }: { form: StepForm; slug: string }) {
  const { act, hidden, choice, hint, button } = form;
  return (
    <form method="post" action={pathTo(routeOf[act], { slug })} data-act={act}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {choice && (
        <label>
          <span>{choice.label}</span>
          <select name={choice.name} required>
            {choice.options.map(([value, text]) => (
              <option value={value}>{text}</option>
            ))}
          </select>
        </label>
      )}
      <button class="button">{button}</button>
      {hint && <p class="small">{hint}</p>}
    </form>
  );
}
