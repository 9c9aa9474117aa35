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
  readonly hidden: Readonly<Record<string, string>>;
  readonly choice?: {
    readonly name: string;
    readonly label: string;
    readonly options: readonly (readonly [value: string, text: string])[];
  };
};

/** Forms that stand together; under a fold when they are not what the steward is here for. */
export type StepGroup = { readonly fold?: string; readonly forms: readonly StepForm[] };

type FreshId = () => string;

export function stepGroups(verdict: Verdict, can: GateAbilities, from: Presented, freshId: FreshId): StepGroup[] {
  const { compare, mayTakeBack, mayOverride, benefits } = nextSteps(verdict, can);
  const groups: StepGroup[] = [];
  if (compare !== undefined) groups.push({ forms: [comparing(compare, from, freshId)] });
  const handOver = benefits.map((benefit) => handingOver(benefit, from, freshId));
  const isCounter = verdict.reason === 'counter_only' || verdict.reason === 'benefit_redeemed';
  if (handOver.length > 0 && isCounter) groups.push({ forms: handOver });
  if (mayTakeBack) groups.push({ forms: [takingBack(from)] });
  if (handOver.length > 0 && !isCounter) groups.push({ fold: words.included(benefits), forms: handOver });
  if (mayOverride) groups.push({ fold: words.byHand, forms: [byHand(compare, from, freshId)] });
  return groups;
}

function again({ gateId: gate, code, ticketId, direction }: Presented, freshId: FreshId): Record<string, string> {
  return { scan_id: freshId(), gate, code, ticket_id: ticketId ?? '', direction };
}

function comparing(compare: 'name' | 'document', from: Presented, freshId: FreshId): StepForm {
  const button = compare === 'name' ? words.nameIsRight : words.documentIsRight;
  return { act: 'compare', button, hidden: { ...again(from, freshId), identity: compare } };
}

type Benefit = NonNullable<Verdict['benefits']>[number];

function handingOver({ id, name, left }: Benefit, { gateId: gate, code }: Presented, freshId: FreshId): StepForm {
  const counts = Array.from({ length: Math.min(left, mostAtOnce) }, (_, index) => String(index + 1));
  return {
    act: 'hand_over',
    button: words.handOver(name),
    hint: words.left(left),
    hidden: { redemption_id: freshId(), gate, code, benefit: id },
    ...(left > 1 && {
      choice: { name: 'quantity', label: words.howMany(name), options: counts.map((count) => [count, count]) },
    }),
  };
}

function takingBack({ scanId, gateId: gate, direction }: Presented): StepForm {
  const hidden = { scan_id: scanId, gate, direction };
  return { act: 'take_back', button: words.takeBack, hint: words.takeBackHint, hidden };
}

function byHand(compare: 'name' | 'document' | undefined, from: Presented, freshId: FreshId): StepForm {
  const options = overrideCauses.map((cause) => [cause, words.causes[cause]] as const);
  return {
    act: 'by_hand',
    button: words.byHandConfirm,
    hint: words.byHandHint,
    hidden: { ...again(from, freshId), ...(compare && { identity: compare }) },
    choice: { name: 'cause', label: words.cause, options: [['', words.causeNone], ...options] },
  };
}

const mostAtOnce = 20;
