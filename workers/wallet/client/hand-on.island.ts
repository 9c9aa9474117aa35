/** Hands a link to the phone's own list of chats; where there is none, copies it. Without scripts it is there to be copied by hand. */
const button = document.querySelector<HTMLButtonElement>('[data-hand-on]');
const field = document.querySelector<HTMLInputElement>('[data-link]');

if (button !== null && field !== null) {
  const canShare = typeof navigator.share === 'function';
  if (!canShare) button.textContent = button.dataset['copy'] ?? '';
  button.hidden = false;
  field.addEventListener('focus', () => field.select());
  button.addEventListener('click', () => {
    void (canShare ? share(field) : copy(button, field));
  });
}

async function share({ value, dataset }: HTMLInputElement): Promise<void> {
  try {
    await navigator.share({ url: value, title: dataset['title'] ?? '' });
  } catch {
    // The list was closed again: the link is still there.
  }
}

async function copy(pressed: HTMLButtonElement, { value }: HTMLInputElement): Promise<void> {
  await navigator.clipboard.writeText(value);
  pressed.textContent = pressed.dataset['copied'] ?? '';
}

export {};
