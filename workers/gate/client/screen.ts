import type { Outcome, Verdict } from '#shared/admission/verdict.ts';
import { clockTime } from '#workers/ui/messages/dates.ts';
import type { VerdictWords } from '#workers/ui/messages/verdict-words.ts';

/** The answer panel and the list under it, as the server drew them. */

type Shown = Outcome | 'ready' | 'checking' | 'offline' | 'problem';

const recentMax = 8;

function part<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

export type Screen = ReturnType<typeof openScreen>;

export function openScreen(timeZone: string) {
  const answer = part('[data-answer]');
  const word = part('[data-word]');
  const says = part('[data-says]');
  const next = part('[data-next]');
  const facts = part('[data-facts]');
  const paper = part('[data-paper]');
  const recent = part('[data-recent]');

  function show(shown: Shown, text: VerdictWords, ticket?: Verdict['ticket']): void {
    answer.dataset['outcome'] = shown;
    word.textContent = text.word;
    says.textContent = text.says;
    next.textContent = text.next;
    facts.replaceChildren(...text.facts.map((fact) => withText('li', fact)));
    paper.hidden = ticket === undefined;
    paper.textContent = ticket ? `${ticket.typeName}, ${ticket.accessLevel}` : '';
    restart(answer);
  }

  function remember(outcome: Outcome, atMs: number, text: VerdictWords, ticket: Verdict['ticket']): void {
    const row = document.createElement('li');
    row.dataset['outcome'] = outcome;
    row.append(
      withText('time', clockTime(atMs, timeZone)),
      withText('b', text.word),
      withText('span', ticket ? `${ticket.typeName}. ${text.says}` : text.says),
    );
    recent.prepend(row);
    while (recent.children.length > recentMax) recent.lastElementChild?.remove();
    part('.gate-recent').hidden = false;
  }

  return { show, remember };
}

function withText(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** Two grants in a row must be seen as two: the panel's entrance plays again even when nothing else changed. */
function restart(element: HTMLElement): void {
  for (const animation of element.getAnimations({ subtree: true })) {
    animation.cancel();
    animation.play();
  }
}
