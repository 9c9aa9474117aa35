import type { GateAbilities } from '#shared/admission/next-steps.ts';
import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { stepGroups } from '#workers/ui/messages/gate-steps.ts';
import type { Screen } from './screen.ts';
import { isVerdict, post, problemOf } from './send-scan.ts';
import { signal } from './signals.ts';
import { showSteps } from './steps.ts';
import type { Location } from './whereabouts.ts';
import { freshScanId } from './fresh-scan-id.ts';

/**
 * What is done about an answer and is no scan. Not queued: whoever pressed waits for it. Each form carries its own key, so
 * pressing again after a lost answer does nothing twice.
 */

const text = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

export async function takeBack(screen: Screen, { undo = '' }: DOMStringMap, fields: FormData): Promise<void> {
  const scanId = text(fields, 'scan_id');
  const sent = await post(undo, scanId, { scanId, gateId: text(fields, 'gate') });
  if (sent.kind === 'unreachable') return tellUnreachable(screen);
  if (sent.status !== 200) return tellProblem(screen, sent.answer, sent.status);
  const { takenBack: word, takenBackSays: says, takenBackNext: next } = words.steps;
  screen.tell('ready', { word, says, next });
  showSteps([]);
}

type HandOver = {
  readonly screen: Screen;
  readonly dataset: DOMStringMap;
  readonly fields: FormData;
  readonly can: GateAbilities;
  readonly location: Location | undefined;
};

export async function handOver({ screen, dataset, fields, can, location }: HandOver): Promise<void> {
  const { redemptions = '' } = dataset;
  const [redemptionId, code, gateId] = [text(fields, 'redemption_id'), text(fields, 'code'), text(fields, 'gate')];
  const sent = await post(redemptions, redemptionId, {
    redemptionId,
    gateId,
    code,
    benefitId: text(fields, 'benefit'),
    quantity: Number(text(fields, 'quantity') || 1),
    location,
    deviceAtMs: Date.now(),
  });
  if (sent.kind === 'unreachable') return tellUnreachable(screen);
  if (!isVerdict(sent.answer)) return tellProblem(screen, sent.answer, sent.status);
  screen.showVerdict(sent.answer);
  signal(sent.answer.outcome);
  const from = { code, gateId, ticketId: undefined, direction: 'in' as const, scanId: redemptionId };
  showSteps(stepGroups(sent.answer, can, from, freshScanId));
}

/** The forms stay: the same press, with the same key, is the way on. */
function tellUnreachable(screen: Screen): void {
  signal('offline');
  screen.tell('offline', { word: words.offline, next: words.pressAgain });
}

function tellProblem(screen: Screen, answer: unknown, status: number): void {
  const { title, detail } = problemOf(answer, status);
  screen.tell('problem', { word: words.problem, says: `${title}. ${detail}`, next: '' });
  signal('refuse');
}
