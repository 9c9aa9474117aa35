/**
 * A second click is the same order already (its idempotency key says so); this only spares the reader the doubt.
 * It also takes a reader with something to put right straight to the summary of it.
 */

const form = document.querySelector<HTMLFormElement>('form[data-working]');
const button = form?.querySelector<HTMLButtonElement>('button');
const label = button?.textContent ?? '';

form?.addEventListener('submit', () => {
  if (!button) return;
  button.disabled = true;
  button.textContent = form.dataset['working'] ?? label;
});

// A page brought back by the Back button keeps the state it was left in.
addEventListener('pageshow', () => {
  if (!button) return;
  button.disabled = false;
  button.textContent = label;
});

document.querySelector<HTMLElement>('#problem')?.focus();

export {};
