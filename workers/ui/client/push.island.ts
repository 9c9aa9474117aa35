import { pushMessages as words } from '#workers/ui/messages/en.ts';
import { fromBase64Url } from './base64url.ts';

/** The switch for push messages: asks the browser for a subscription when it is pressed, and never before. */

const serviceWorkerPath = '/sw.js';

const root = document.querySelector<HTMLElement>('[data-push-key]');
const state = root?.querySelector<HTMLElement>('[data-push-state]');
const button = root?.querySelector<HTMLButtonElement>('[data-push-press]');
if (root && state && button) await start({ root, state, button });

type Parts = { root: HTMLElement; state: HTMLElement; button: HTMLButtonElement };

async function start(parts: Parts): Promise<void> {
  const { root: section, button: press } = parts;
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    parts.state.textContent = words.unsupported;
    return;
  }
  const registered = await navigator.serviceWorker.getRegistration('/');
  const kept = (await registered?.pushManager.getSubscription()) ?? undefined;
  show(parts, kept !== undefined);
  press.hidden = false;
  // Whoever signed in here last gets what comes here; and a row that was lost is written again.
  if (kept !== undefined) await tell(section, 'POST', kept).catch(() => undefined);
  press.addEventListener('click', () => void turn(parts));
}

async function turn(parts: Parts): Promise<void> {
  const { root: section, state: said, button: press } = parts;
  press.disabled = true;
  said.textContent = words.working;
  try {
    const isOn = press.getAttribute('aria-pressed') === 'true';
    await (isOn ? turnOff(section) : turnOn(section));
    show(parts, !isOn);
  } catch {
    said.textContent = Notification.permission === 'denied' ? words.denied : words.failed;
  } finally {
    press.disabled = false;
  }
}

async function turnOn(section: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('not allowed');
  await navigator.serviceWorker.register(serviceWorkerPath);
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64Url(section.dataset['pushKey'] ?? ''),
  });
  try {
    await tell(section, 'POST', subscription);
  } catch (error) {
    // On in the browser and unknown to us would look on and stay silent.
    await subscription.unsubscribe();
    throw error;
  }
}

async function turnOff(section: HTMLElement): Promise<void> {
  const registered = await navigator.serviceWorker.getRegistration('/');
  const subscription = await registered?.pushManager.getSubscription();
  if (!subscription) return;
  await tell(section, 'DELETE', subscription);
  await subscription.unsubscribe();
}

async function tell(section: HTMLElement, method: 'POST' | 'DELETE', subscription: PushSubscription): Promise<void> {
  const response = await fetch(section.dataset['pushTo'] ?? '', {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(subscription),
  });
  if (!response.ok) throw new Error('not kept');
}

function show({ state: said, button: press }: Parts, isOn: boolean): void {
  said.textContent = isOn ? words.isOn : words.isOff;
  press.textContent = isOn ? words.turnOff : words.turnOn;
  press.setAttribute('aria-pressed', String(isOn));
}
