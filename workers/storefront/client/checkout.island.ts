import { pressOnce } from './press-once.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-working]')) pressOnce(form);

// A reader with something to put right is taken straight to the summary of it.
document.querySelector<HTMLElement>('#problem')?.focus();
