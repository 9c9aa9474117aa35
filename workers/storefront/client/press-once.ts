/**
 * A second press is the same order or payment already, and the server knows; this only spares the reader the doubt.
 * For forms that say what to show meanwhile in `data-working`. Buttons that say what they do in the form (`name`) are left
 * alone: a disabled one would not be sent along.
 */
export function pressOnce(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('button:not([name], .hidden)');
  if (!button) return;
  const label = button.textContent ?? '';
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter?.hasAttribute('name')) return;
    button.disabled = true;
    button.textContent = form.dataset['working'] ?? label;
  });
  // A page brought back by the Back button keeps the state it was left in.
  addEventListener('pageshow', () => {
    button.disabled = false;
    button.textContent = label;
  });
}
