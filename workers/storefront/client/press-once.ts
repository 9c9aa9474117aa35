/**
 * A second press is the same order or payment already, and the server knows; this only spares the reader the doubt.
 * For forms that say what to show meanwhile in `data-working`.
 */
export function pressOnce(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('button');
  if (!button) return;
  const label = button.textContent ?? '';
  form.addEventListener('submit', () => {
    button.disabled = true;
    button.textContent = form.dataset['working'] ?? label;
  });
  // A page brought back by the Back button keeps the state it was left in.
  addEventListener('pageshow', () => {
    button.disabled = false;
    button.textContent = label;
  });
}
