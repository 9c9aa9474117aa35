import { shownAs, type Shown } from '#shared/admission/next-steps.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { clockTime } from '#workers/ui/messages/dates.ts';
import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { verdictWords, type VerdictWords } from '#workers/ui/messages/verdict-words.ts';

/** The answer panel and the list under it, as the server drew them. */

type Look = Shown | 'ready' | 'checking' | 'offline' | 'problem' | 'said';

const recentMax = 8;

export function part<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

type Beside = { readonly first?: readonly string[]; readonly facts?: readonly string[] };

export type Screen = ReturnType<typeof openScreen>;

export function openScreen(timeZone: string) {
  const answer = part('[data-answer]');
  const [word, says, next] = [part('[data-word]'), part('[data-says]'), part('[data-next]')];
  const [paper, byHand, shape] = [part('[data-paper]'), part('[data-by-hand]'), part('[data-shape]')];
  const recent = part('[data-recent]');

  function show(look: Look, text: VerdictWords, ticket?: Verdict['ticket']): void {
    answer.dataset['outcome'] = look;
    shape.ariaLabel = look in words.shapes ? words.shapes[look as Shown] : words.shapes.ready;
    word.textContent = text.word;
    says.textContent = text.says;
    next.textContent = text.next;
    for (const name of ['first', 'facts', 'withheld'] as const) {
      part(`[data-lines="${name}"]`).replaceChildren(...text[name].map((line) => withText('li', line)));
    }
    byHand.hidden = text.byHand === undefined;
    byHand.textContent = text.byHand ?? '';
    paper.hidden = ticket === undefined;
    paper.textContent = ticket ? `${ticket.typeName}, ${ticket.accessLevel}` : '';
    restart(answer);
    // Whatever was scrolled to belongs to the person before.
    scrollTo(0, 0);
  }

  /** Something the screen says that is no verdict. */
  function tell(look: Look, said: { word: string; says?: string; next?: string }): void {
    show(look, { says: '', next: '', first: [], withheld: [], facts: [], byHand: undefined, ...said });
  }

  /** `facts` are what the page knows beside the answer: that it was decided here, what a foreign code is. */
  function showVerdict(verdict: Verdict, { first = [], facts = [] }: Beside = {}): void {
    const said = verdictWords(verdict, timeZone);
    const text = { ...said, first: [...said.first, ...first], facts: [...said.facts, ...facts] };
    show(shownAs(verdict), text, verdict.ticket);
    remember(shownAs(verdict), verdict.scannedAtMs, text, verdict.ticket);
  }

  function remember(look: Look, atMs: number, text: VerdictWords, ticket: Verdict['ticket']): void {
    const row = document.createElement('li');
    row.dataset['outcome'] = look;
    row.append(
      withText('time', clockTime(atMs, timeZone)),
      withText('b', text.byHand === undefined ? text.word : `${text.word} (${text.byHand})`),
      withText('span', ticket ? `${ticket.typeName}. ${text.says}` : text.says),
    );
    recent.prepend(row);
    while (recent.children.length > recentMax) recent.lastElementChild?.remove();
    part('.gate-recent').hidden = false;
  }

  return { tell, showVerdict };
}

export function withText(tag: string, text: string): HTMLElement {
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
