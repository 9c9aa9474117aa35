import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { signInMessages as words } from '#workers/ui/messages/en.ts';

/** Passkeys: used where `[data-passkey]` stands, made where `[data-add-passkey]` does. Both stay hidden without support. */

const json = { accept: 'application/json', 'content-type': 'application/json' };

if (browserSupportsWebAuthn()) {
  for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) offer(place);
  for (const place of document.querySelectorAll<HTMLElement>('[data-add-passkey]')) offerToAdd(place);
}

function offer(place: HTMLElement): void {
  const { passkey: door = '', next, lost, autofill } = place.dataset;
  const say = sayIn(place);
  const use = async (useBrowserAutofill: boolean): Promise<void> => {
    const optionsJSON = await ask<Parameters<typeof startAuthentication>[0]['optionsJSON']>(door);
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
    await answer(door, { response: withoutExtensions(response), next, lost });
  };
  place.hidden = false;
  place.querySelector('button')?.addEventListener('click', () => {
    say('');
    use(false).catch((error: unknown) => say(error instanceof Refusal ? error.message : words.passkeyFailed));
  });
  // Offered in the address field's own list. Whoever chooses nothing there has done nothing wrong.
  if (autofill !== undefined) void offerInList(() => use(true).catch(quietly(say)));
}

async function offerInList(use: () => Promise<void>): Promise<void> {
  if (await browserSupportsWebAuthnAutofill()) await use();
}

function offerToAdd(place: HTMLElement): void {
  const { addPasskey: door = '', next = '/', failed = '', prove } = place.dataset;
  const say = sayIn(place);
  const button = place.querySelector('button');
  if (button === null) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    say('');
    add(door, next).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'proof_needed' && prove !== undefined) location.assign(prove);
      else say(error instanceof Refusal ? error.message : failed);
    });
  });
}

async function add(door: string, next: string): Promise<void> {
  const optionsJSON = await ask<Parameters<typeof startRegistration>[0]['optionsJSON']>(door);
  const { id, rawId, type, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports } = response;
  const made = { clientDataJSON, attestationObject, transports: transports ?? [] };
  await send(door, { response: { id, rawId, type, response: made, clientExtensionResults: {} } });
  location.assign(next);
}

type Used = Awaited<ReturnType<typeof startAuthentication>>;

function withoutExtensions({ id, rawId, type, response }: Used) {
  return { id, rawId, type, response, clientExtensionResults: {} };
}

class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function ask<T>(door: string): Promise<T> {
  const answered = await fetch(door, { headers: { accept: json.accept }, cache: 'no-store' });
  if (!answered.ok) throw await refusalOf(answered);
  return (await answered.json()) as T;
}

async function send(door: string, body: object): Promise<Response> {
  const answered = await fetch(door, { method: 'POST', headers: json, body: JSON.stringify(body) });
  if (!answered.ok) throw await refusalOf(answered);
  return answered;
}

async function answer(door: string, body: object): Promise<void> {
  const answered = await send(door, body);
  const { next } = (await answered.json()) as { next: string };
  location.assign(next);
}

async function refusalOf(answered: Response): Promise<Refusal> {
  const { code, title, detail } = (await answered.json()) as { code: string; title: string; detail: string };
  return new Refusal(code, `${title}. ${detail}`);
}

function sayIn(place: HTMLElement): (text: string) => void {
  const line = place.querySelector('[role=alert]');
  return (text) => {
    if (line !== null) line.textContent = text;
  };
}

function quietly(say: (text: string) => void): (error: unknown) => void {
  return (error) => {
    if (error instanceof Refusal) say(error.message);
  };
}
