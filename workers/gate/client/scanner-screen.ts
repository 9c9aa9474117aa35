import { freshScanId } from './fresh-scan-id.ts';
import { shownAs, type GateAbilities } from '#shared/admission/next-steps.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { gateMessages, handheldMessages as words } from '#workers/ui/messages/en.ts';
import { stepGroups } from '#workers/ui/messages/gate-steps.ts';
import { besideVerdict } from './beside.ts';
import type { Decision } from './decider.ts';
import type { Scan } from './scan-queue.ts';
import { openScreen, part, type Screen } from './screen.ts';
import { problemOf, type Sent } from './send-scan.ts';
import { signal } from './signals.ts';
import { showSteps } from './steps.ts';

/** Milliseconds until the camera's picture comes back by itself. The next code takes an answer's place at once. */
const graceMs = { grant: 2_500, other: 8_000, toDo: 30_000 } as const;

type Titles = ReadonlyMap<number, string>;

/** How an answer stands on a scanner's screen: all over it while somebody looks, then the camera's picture again. */
export class ScannerScreen {
  readonly can: GateAbilities;
  readonly #dataset: DOMStringMap;
  readonly #screen: Screen;
  #clearing: ReturnType<typeof setTimeout> | undefined;

  constructor({ dataset }: HTMLElement) {
    this.#dataset = dataset;
    this.#screen = openScreen(dataset['timeZone'] ?? 'UTC');
    this.can = { mayOverride: 'mayOverride' in dataset, mayRedeem: 'mayRedeem' in dataset };
    // A tap anywhere on the answer is "seen it".
    part('[data-answer]').addEventListener('click', () => this.#clearAfter(0));
  }

  /** For what is done about an answer and is no scan. */
  get forActs(): { readonly screen: Screen; readonly can: GateAbilities } {
    clearTimeout(this.#clearing);
    return { screen: this.#screen, can: this.can };
  }

  checking(): void {
    clearTimeout(this.#clearing);
    showSteps([]);
    this.#screen.tell('checking', { word: gateMessages.checking, next: gateMessages.checkingNext(1) });
  }

  show(decision: Decision, scan: Scan & { readonly gateId: string }, titles: Titles): void {
    if (decision.kind === 'verdict') return this.#showVerdict(decision, scan, titles);
    if (decision.kind === 'cannot') return this.#tellProblem(words.cannot[decision.why]);
    const says = `${decision.title}. ${decision.detail}`.trim();
    this.#tellProblem({ word: gateMessages.problem, says, next: gateMessages.problemNext });
  }

  /** Loud, over whatever stands there: somebody was let in or sent away wrongly a moment ago. */
  tellLate = (said: Verdict): void => {
    const isIn = said.outcome === 'grant' || said.outcome === 'partial';
    const { late } = words;
    const says = late.says(said.ticket?.typeName ?? '');
    const next = isIn ? late.nextIn : late.nextOut;
    this.#tellProblem({ word: isIn ? late.wordIn : late.wordOut, says, next }, 'fraud');
    this.#clearAfter(graceMs.toDo);
  };

  tellIncidents = (count: number): void => {
    part('[data-notice]').textContent = words.incidents(count);
  };

  /** Said to whoever may overrule a gate; to a steward it is no help. */
  tellIncidentHeard = (): void => {
    if (this.can.mayOverride) part('[data-notice]').textContent = words.incidentHeard;
  };

  announce(text: string): void {
    part('[data-announcement]').textContent = words.announced(text);
  }

  /** `sent` is the event's answer; undefined when this phone took it back by itself. */
  tellTakenBack(sent: Extract<Sent, { kind: 'answer' }> | undefined): void {
    if (sent !== undefined && sent.status !== 200) {
      const { title, detail } = problemOf(sent.answer, sent.status);
      return this.#tellProblem({ word: gateMessages.problem, says: `${title}. ${detail}`, next: '' });
    }
    const { takenBack: word, takenBackSays, takenBackNext: next } = gateMessages.steps;
    this.#screen.tell('said', { word, says: sent === undefined ? words.takenBackHere : takenBackSays, next });
    showSteps([]);
    this.#clearAfter(graceMs.grant);
  }

  tellFull(): void {
    this.#tellProblem(words.cannot.full);
  }

  #showVerdict(
    decision: Extract<Decision, { kind: 'verdict' }>,
    { code, ticketId, gateId, direction, scanId }: Scan & { readonly gateId: string },
    titles: Titles,
  ): void {
    const { verdict } = decision;
    this.#screen.showVerdict(verdict, besideVerdict(decision, code, titles));
    const shown = shownAs(verdict);
    signal(shown === 'counter' ? 'partial' : shown);
    const from = { code, ticketId, gateId, direction, scanId };
    const groups = stepGroups(verdict, this.can, from, freshScanId);
    showSteps(groups);
    const isToDo = groups.some(({ fold, forms }) => fold === undefined && forms.some(({ act }) => act !== 'take_back'));
    this.#clearAfter(isToDo ? graceMs.toDo : shown === 'grant' ? graceMs.grant : graceMs.other);
  }

  #tellProblem(said: { word: string; says: string; next: string }, sound: 'refuse' | 'fraud' = 'refuse'): void {
    this.#screen.tell('problem', said);
    signal(sound);
    showSteps([]);
    this.#clearAfter(graceMs.other);
  }

  /** Only for the camera's sake: without its picture an answer stands until the next one. */
  #clearAfter(ms: number): void {
    clearTimeout(this.#clearing);
    this.#clearing = setTimeout(() => {
      if (this.#dataset['camera'] !== 'on') return;
      this.#screen.tell('ready', { word: gateMessages.ready, next: gateMessages.readyNext });
    }, ms);
  }
}
