import { undoWithinMs } from '#shared/admission/verdict.ts';
import type { StepForm, StepGroup } from '#workers/ui/messages/gate-steps.ts';
import { part, withText } from './screen.ts';

/** The same forms the server draws under an answer, drawn here. */

let takeBackEnds: number | undefined;

export function showSteps(groups: readonly StepGroup[]): void {
  const steps = part('[data-steps]');
  clearTimeout(takeBackEnds);
  steps.replaceChildren(...groups.flatMap(drawGroup));
  steps.hidden = groups.length === 0;
  const takeBack = steps.querySelector('[data-act="take_back"]');
  // A button that would only be refused is worse than none.
  if (takeBack) takeBackEnds = window.setTimeout(() => takeBack.remove(), undoWithinMs);
}

function drawGroup({ fold, forms }: StepGroup): HTMLElement[] {
  const drawn = forms.map(draw);
  if (fold === undefined) return drawn;
  const details = document.createElement('details');
  details.append(withText('summary', fold), ...drawn);
  return [details];
}

function draw({ act, hidden, choice, button, hint }: StepForm): HTMLElement {
  const form = document.createElement('form');
  form.method = 'post';
  form.dataset['act'] = act;
  for (const [name, value] of Object.entries(hidden)) form.append(hiddenField(name, value));
  if (choice) form.append(chooser(choice));
  const press = withText('button', button);
  press.className = 'button';
  form.append(press);
  if (hint !== undefined) {
    const small = withText('p', hint);
    small.className = 'small';
    form.append(small);
  }
  return form;
}

function hiddenField(name: string, value: string): HTMLInputElement {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  return field;
}

function chooser({ name, label, options }: NonNullable<StepForm['choice']>): HTMLLabelElement {
  const select = document.createElement('select');
  select.name = name;
  select.required = true;
  select.append(...options.map(([value, text]) => new Option(text, value)));
  const labelled = document.createElement('label');
  labelled.append(withText('span', label), select);
  return labelled;
}
