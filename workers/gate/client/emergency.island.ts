/** Printing is the one thing on this page that needs a script, so its button is drawn hidden. */
const button = document.querySelector<HTMLButtonElement>('[data-print]');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

export {};
