import { ageWords } from '#workers/ui/messages/board-words.ts';
import { studioMessages } from '#workers/ui/messages/en.ts';

const words = studioMessages.live.signal;

/** The board pulls every five seconds while anybody watches: numbers older than this have missed a turn. */
const freshForMs = 8_000;

export type SignalState = 'live' | 'behind' | 'connecting' | 'reconnecting' | 'refused';

/**
 * What the page may claim about its numbers. An open socket alone proves nothing: they are live only if some came lately.
 */
export function signalState(facts: { isOpen: boolean; wasOpen: boolean; ageMs: number }): SignalState {
  if (facts.isOpen) return facts.ageMs <= freshForMs ? 'live' : 'behind';
  return facts.wasOpen ? 'reconnecting' : 'connecting';
}

/** Shows it, with the age wherever the numbers have one worth telling. */
export function showSignal(root: HTMLElement, state: SignalState, ageMs: number): void {
  const panel = root.querySelector<HTMLElement>('[data-signal]');
  if (panel === null) return;
  panel.dataset['signal'] = state;
  root.dataset['live'] = state;
  const isOld = state === 'reconnecting' || (state === 'connecting' && ageMs > freshForMs);
  write(panel, '[data-signal-word]', state === 'behind' ? words.behind(ageWords(ageMs)) : words[state]);
  write(panel, '[data-signal-age]', isOld ? words.behind(ageWords(ageMs)) : '');
  const reload = panel.querySelector<HTMLElement>('[data-signal-reload]');
  if (reload === null) return;
  reload.hidden = state !== 'refused';
  if (state === 'refused') reload.textContent = words.refusedNext;
}

function write(panel: HTMLElement, selector: string, text: string): void {
  const place = panel.querySelector(selector);
  if (place !== null && place.textContent !== text) place.textContent = text;
}
