/** A number that is changed is taken over at once, without looking for the button; without scripts the button does it. */
const form = document.querySelector<HTMLFormElement>('.cart-form');
const update = form?.querySelector<HTMLButtonElement>('.cart-update button');
for (const button of form?.querySelectorAll<HTMLElement>('.cart-update') ?? []) button.hidden = true;
form?.addEventListener('change', ({ target }) => {
  const isQuantity =
    (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) && target.name.startsWith('n:');
  if (isQuantity && update) form.requestSubmit(update);
});

document.querySelector<HTMLElement>('#problem')?.focus();
