import { freshScanId } from './fresh-scan-id.ts';
import type { OverrideCause } from '#shared/admission/verdict.ts';
import type { Scan } from './scan-queue.ts';

/** What the forms of a gate's page say, whichever island listens to them. */

/** The same code again, with what was compared or decided since. */
export function scanOf(fields: FormData): Omit<Scan, 'deviceAtMs' | 'location'> {
  const text = (name: string) => fieldOf(fields, name);
  const cause = text('cause');
  return {
    scanId: text('scan_id') ?? freshScanId(),
    code: text('code') ?? '',
    ticketId: text('ticket_id'),
    direction: directionOf(fields),
    identity: text('identity') as Scan['identity'],
    override: cause === undefined ? undefined : { cause: cause as OverrideCause },
  };
}

/** What a field says; undefined when it is empty or missing. */
export function fieldOf(fields: FormData, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function directionOf(fields: FormData): Scan['direction'] {
  return fields.get('direction') === 'out' ? 'out' : 'in';
}

/** Kept in the address, so that a reload counts the same way. */
export function rememberDirection(direction: Scan['direction']): void {
  const url = new URL(location.href);
  url.searchParams.set('direction', direction);
  history.replaceState(history.state, '', url);
}

/** A tap beside the input must not send the next scan into nowhere. Whatever can be used keeps its own focus. */
export function keepFocus(codeInput: HTMLInputElement): void {
  const usable = 'a, button, select, summary, label, input';
  codeInput.focus({ preventScroll: true });
  document.addEventListener('pointerup', ({ target }) => {
    if (!(target instanceof Element) || target.closest(usable) === null) codeInput.focus({ preventScroll: true });
  });
  addEventListener('focus', () => codeInput.focus({ preventScroll: true }));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isElsewhere = !(document.activeElement instanceof HTMLSelectElement);
    if (isTyping && isElsewhere && document.activeElement !== codeInput) codeInput.focus({ preventScroll: true });
  });
}
