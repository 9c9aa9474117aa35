import { freshScanId } from '../fresh-scan-id.ts';
import { shownAs, type GateAbilities } from '#shared/admission/next-steps.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { gateMessages, handheldMessages as words } from '#workers/ui/messages/en.ts';
import { stepGroups, type Presented } from '#workers/ui/messages/gate-steps.ts';
import { besideVerdict } from './beside.ts';
import type { Decision } from './decider.ts';
import type { Scan } from './scan-queue.ts';
import { openScreen, part, type Screen } from './screen.ts';
import { problemOf, type Sent } from './send-scan.ts';
import { signal } from './signals.ts';
import { showSteps } from './steps.ts';

/** How an answer stands on a scanner's screen: all over it while somebody looks, then the camera's picture again. */

/** Milliseconds until the picture comes back by itself. The next code takes an answer's place at once. */
const graceMs = { grant: 2_500, other: 8_000, toDo: 30_000 } as const;

export type ScannerScreen = ReturnType<typeof openScannerScreen>;

export function openScannerScreen(main: HTMLElement) {
  const { dataset } = main;
  const screen: Screen = openScreen(dataset['timeZone'] ?? 'UTC');
  const can: GateAbilities = { mayOverride: 'mayOverride' in dataset, mayRedeem: 'mayRedeem' in dataset };
  const answer = part('[data-answer]');
  let clearing: ReturnType<typeof setTimeout> | undefined;

  const clear = () => screen.tell('ready', { word: gateMessages.ready, next: gateMessages.readyNext });
  const clearAfter = (ms: number) => {
    clearTimeout(clearing);
    clearing = setTimeout(clear, ms);
  };
  // A tap anywhere on the answer is "seen it".
  answer.addEventListener('click', () => {
    if (dataset['camera'] !== 'on') return;
    clearTimeout(clearing);
    clear();
  });

  function showVerdict(decision: Extract<Decision, { kind: 'verdict' }>, from: Presented, titles: Titles): void {
    const { verdict } = decision;
    screen.showVerdict(verdict, besideVerdict(decision, from.code, titles));
    const shown = shownAs(verdict);
    signal(shown === 'counter' ? 'partial' : shown);
    const groups = stepGroups(verdict, can, from, freshScanId);
    showSteps(groups);
    const hasMoreToDo = groups.some(
      ({ fold, forms }) => fold === undefined && forms.some(({ act }) => act !== 'take_back'),
    );
    clearAfter(hasMoreToDo ? graceMs.toDo : shown === 'grant' ? graceMs.grant : graceMs.other);
  }

  function tellProblem(word: string, says: string, next: string): void {
    screen.tell('problem', { word, says, next });
    signal('refuse');
    showSteps([]);
    clearAfter(graceMs.other);
  }

  return {
    can,
    forActs: { screen, can },
    checking() {
      clearTimeout(clearing);
      showSteps([]);
      screen.tell('checking', { word: gateMessages.checking, next: gateMessages.checkingNext(1) });
    },
    show(decision: Decision, scan: Scan & { readonly gateId: string }, titles: Titles): void {
      const { code, ticketId, gateId, direction, scanId } = scan;
      if (decision.kind === 'verdict') showVerdict(decision, { code, ticketId, gateId, direction, scanId }, titles);
      else if (decision.kind === 'cannot') {
        const { word, says, next } = words.cannot[decision.why];
        tellProblem(word, says, next);
      } else
        tellProblem(gateMessages.problem, `${decision.title}. ${decision.detail}`.trim(), gateMessages.problemNext);
    },
    /** Loud, over whatever stands there: somebody was let in or sent away wrongly a moment ago. */
    tellLate(_scan: Scan, _told: Verdict, said: Verdict): void {
      const isIn = said.outcome === 'grant' || said.outcome === 'partial';
      const { wordIn, wordOut, nextIn, nextOut, says } = words.late;
      tellProblem(isIn ? wordIn : wordOut, says(said.ticket?.typeName ?? ''), isIn ? nextIn : nextOut);
      signal('fraud');
      clearAfter(graceMs.toDo);
    },
    tellIncidents(count: number): void {
      part('[data-notice]').textContent = words.incidents(count);
    },
    /** `sent` is the event's answer; undefined when this phone took it back by itself. */
    tellTakenBack(sent: Extract<Sent, { kind: 'answer' }> | undefined): void {
      if (sent !== undefined && sent.status !== 200) {
        const { title, detail } = problemOf(sent.answer, sent.status);
        return tellProblem(gateMessages.problem, `${title}. ${detail}`, '');
      }
      const { takenBack: word, takenBackSays, takenBackNext: next } = gateMessages.steps;
      screen.tell('ready', { word, says: sent === undefined ? words.takenBackHere : takenBackSays, next });
      showSteps([]);
    },
    tellFull(): void {
      const { word, says, next } = words.cannot.full;
      tellProblem(word, says, next);
    },
  };
}

type Titles = ReadonlyMap<number, string>;
