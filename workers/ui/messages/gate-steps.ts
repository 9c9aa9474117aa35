import { nextSteps, type GateAbilities } from '#shared/admission/next-steps.ts';
import { overrideCauses, type Verdict } from '#shared/admission/verdict.ts';
import { gateMessages } from './en.ts';

const words = gateMessages.steps;

/** What was shown at the gate, so that it can be sent again without being scanned again. */
export type Presented = {
  readonly code: string;
  readonly ticketId: string | undefined;
  readonly gateId: string;
  readonly direction: 'in' | 'out';
  /** The scan this answer belongs to. */
  readonly scanId: string;
};

/** One thing to do about an answer, as a form: the server draws it on the page, the browser draws the same. */
export type StepForm = {
  readonly act: 'compare' | 'take_back' | 'by_hand' | 'hand_over';
  readonly button: string;
  readonly hint?: string;
  /** Folded away under this: it goes against what the ticket says. */
  readonly fold?: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly choice?: {
    readonly name: string;
    readonly label: string;
    readonly options: readonly (readonly [value: string, text: string])[];
  };
};

export function stepForms(verdict: Verdict, can: GateAbilities, from: Presented, freshId: () => string): StepForm[] {
  const { compare, mayTakeBack, mayOverride, benefits } = nextSteps(verdict, can);
  const { gateId: gate, direction, code, scanId } = from;
  const again = (): Record<string, string> => {
    return { scan_id: freshId(), gate, code, ticket_id: from.ticketId ?? '', direction };
  };
  const forms: StepForm[] = [];
  if (compare !== undefined) {
    const button = compare === 'name' ? words.nameIsRight : words.documentIsRight;
    forms.push({ act: 'compare', button, hidden: { ...again(), identity: compare } });
  }
  for (const { id, name, left } of benefits) {
    const counts = Array.from({ length: Math.min(left, mostAtOnce) }, (_, index) => String(index + 1));
    forms.push({
      act: 'hand_over',
      button: words.handOver(name),
      hint: words.left(left),
      hidden: { redemption_id: freshId(), gate, code, benefit: id },
      ...(left > 1 && {
        choice: { name: 'quantity', label: words.howMany(name), options: counts.map((count) => [count, count]) },
      }),
    });
  }
  if (mayTakeBack) {
    const hidden = { scan_id: scanId, gate, direction };
    forms.push({ act: 'take_back', button: words.takeBack, hint: words.takeBackHint, hidden });
  }
  if (mayOverride) {
    const options = overrideCauses.map((cause) => [cause, words.causes[cause]] as const);
    forms.push({
      act: 'by_hand',
      fold: words.byHand,
      button: words.byHandConfirm,
      hint: words.byHandHint,
      hidden: { ...again(), ...(compare && { identity: compare }) },
      choice: { name: 'cause', label: words.cause, options: [['', words.causeNone], ...options] },
    });
  }
  return forms;
}

const mostAtOnce = 20;
