import { scannerMessages as words } from '#workers/ui/messages/en.ts';
import type { EnrolmentOffer } from '../views.ts';
import { ask } from './ask.ts';
import { keepKey, makeKey, publicPoint, signProof } from './device-key.ts';

/** A phone becomes a scanner: it reads the code behind the `#`, says what for, asks who holds it, and makes its key. */

function part<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

const root = part('[data-enrol]');
const title = part('[data-title]');
const says = part('[data-says]');
const nameForm = part<HTMLFormElement>('[data-name]');
const go = part<HTMLButtonElement>('[data-go]');
const start = part<HTMLAnchorElement>('[data-start]');

const token = location.hash.slice(1);
// The code leaves the address bar before anything else: a phone is passed around, and its history with it.
history.replaceState(null, '', location.pathname);
/** One key for all tries: the code counts for the phone that spent it, should the answer have been lost. */
let key: CryptoKeyPair | undefined;
/** What the one button of the screen does now. */
let pressed: () => void = () => undefined;
go.addEventListener('click', () => pressed());

void look();

async function look(): Promise<void> {
  if (token === '') {
    show(words.noLink, words.noLinkDetail);
    return;
  }
  show(words.enrolTitle, words.checking);
  const asked = await ask<EnrolmentOffer>(root.dataset['look'] ?? '', { token });
  if (asked.ok) offer(asked.answer);
  else stop(asked.title, asked.detail, asked.code === '' ? look : undefined);
}

function offer(made: EnrolmentOffer): void {
  const asksName = !made.isShared && made.stewardName === undefined;
  const steps = asksName ? 2 : 1;
  const showOffer = () => {
    step(1, steps);
    show(words.offer(made.label), '');
    part('[data-at]').textContent = words.offerAt(made.gate, made.event);
    part('[data-until]').textContent = words.offerUntil(made.until);
    part('[data-note]').textContent = made.isShared ? words.sharedNote : (made.stewardName ?? '');
    part('[data-offer]').hidden = false;
    press(asksName ? words.next : words.begin, asksName ? askName : () => enrol(undefined));
  };
  const askName = () => {
    step(2, steps);
    part('[data-offer]').hidden = true;
    show(words.nameTitle, '');
    go.hidden = true;
    nameForm.hidden = false;
    part<HTMLInputElement>('#name').focus();
  };
  nameForm.addEventListener('submit', (event) => {
    event.preventDefault();
    void enrol(part<HTMLInputElement>('#name').value);
  });
  showOffer();
}

async function enrol(name: string | undefined): Promise<void> {
  part('[data-offer]').hidden = true;
  nameForm.hidden = true;
  go.hidden = true;
  show(words.enrolTitle, words.working);
  key ??= await makeKey();
  await keepKey(key);
  const publicKey = await publicPoint(key);
  // Asked anew: whoever took long over their name would sign a nonce that has run out.
  const asked = await ask<EnrolmentOffer>(root.dataset['look'] ?? '', { token, publicKey });
  if (!asked.ok) {
    stop(asked.title, asked.detail, () => void enrol(name));
    return;
  }
  const { nonce, isShared } = asked.answer;
  const signature = await signProof(key, 'enrol', nonce);
  const made = await ask<{ next: string }>(root.dataset['enrol'] ?? '', { token, name, nonce, publicKey, signature });
  if (!made.ok) {
    stop(made.title, made.detail, () => void enrol(name));
    return;
  }
  part('[data-step]').textContent = '';
  show(words.done, words.doneLead);
  start.href = made.answer.next;
  start.textContent = isShared ? words.startShared : words.start;
  start.hidden = false;
  start.focus();
}

function step(number: number, of: number): void {
  part('[data-step]').textContent = of > 1 ? words.step(number, of) : '';
}

function show(heading: string, text: string): void {
  title.textContent = heading;
  says.textContent = text;
  title.focus();
}

function press(label: string, act: () => void): void {
  go.textContent = label;
  go.hidden = false;
  pressed = act;
}

function stop(heading: string, detail: string, retry: (() => void) | undefined): void {
  show(heading || words.failed, detail);
  if (retry !== undefined) press(words.retry, retry);
}
