/**
 * How many things are in the cart, beside the link to it. Pages that are cached for everybody can say nothing about anybody,
 * so this browser is told in a cookie of its own, and asks nobody.
 */
const count = /(?:^|; )__Host-cart-count=(\d{1,4})(?:;|$)/.exec(document.cookie)?.[1];
const shown = document.querySelector<HTMLElement>('[data-cart]');
if (shown && count !== undefined && count !== '0') {
  shown.textContent = count;
  shown.hidden = false;
}
