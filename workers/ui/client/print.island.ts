const button = document.querySelector<HTMLButtonElement>('[data-print-page]');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

export {};
