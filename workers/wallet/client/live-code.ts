import { stepAt } from '#shared/tickets/steps.ts';
import { hourMs, minuteMs, secondMs } from '#shared/time.ts';
import { liveCodeMessages as words } from '#workers/ui/messages/en.ts';
import { locale } from '#workers/ui/messages/en/locale.ts';
import type { HeldKey } from '#workers/ui/client/wallet-store.ts';
import { keepAwake } from './awake.ts';
import { element } from './elements.ts';
import { composeCode } from './holder.ts';
import { qrPicture } from './qr-picture.ts';
import { clockNow, serverNow } from './server-clock.ts';

/** A little into the second or the step that begins: timers come early too. */
const laterMs = 15;

const wholeTime = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/**
 * The code as a steward meets it: drawn anew each ten seconds, over bars that run and a clock that ticks, so that an eye
 * tells it from a picture. Answers what stops it.
 */
export function showLiveCode(into: HTMLElement, held: HeldKey): () => void {
  const picture = qrPicture(words.label);
  const time = element('b', { class: 'live-time' });
  // A screen reader would read every second aloud; what the strip says to eyes, the picture's name says to ears.
  const strip = element(
    'div',
    { class: 'live-strip', 'aria-hidden': 'true' },
    element('span', { class: 'live-word' }, words.live),
    element('span', { class: 'live-bars' }),
    time,
  );
  const note = element('p', { class: 'live-note', role: 'status' });
  picture.root.tabIndex = -1;
  into.replaceChildren(picture.root, strip, note, element('p', { class: 'live-hint' }, words.hint));

  let timer = 0;
  let shownStep = -1;
  let isOver = false;

  async function draw(step: number): Promise<void> {
    const code = await composeCode(held, step);
    // Signing takes a moment, and the next step may have been drawn in it.
    if (isOver || code === undefined || step < shownStep) return;
    picture.show(code);
    picture.root.dataset['step'] = String(step);
  }

  function tick(): void {
    clearTimeout(timer);
    if (isOver) return;
    const now = serverNow();
    time.textContent = wholeTime.format(now);
    say(note, clockWords());
    const step = stepAt(now);
    // Back as well as forth: a clock that was ahead is put right by the server's next answer.
    if (step !== shownStep) {
      shownStep = step;
      void draw(step);
    }
    timer = setTimeout(tick, secondMs - (now % secondMs) + laterMs);
  }

  const letSleep = keepAwake();
  // Timers rest while a phone sleeps: whoever wakes it must not hold out the code of an hour ago.
  document.addEventListener('visibilitychange', tick);
  tick();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', tick);
    letSleep();
  };
}

/** What the holder should know about the phone's clock; nothing, as a rule. */
function clockWords(): string {
  const { standing, offsetMs } = clockNow();
  if (standing === 'exact') return '';
  if (standing === 'unknown') return words.clock.unknown;
  const amount = amountWords(Math.abs(offsetMs));
  return offsetMs > 0 ? words.clock.slow(amount) : words.clock.fast(amount);
}

function amountWords(ms: number): string {
  if (ms < 90 * secondMs) return words.clock.seconds(Math.round(ms / secondMs));
  if (ms < 90 * minuteMs) return words.clock.minutes(Math.round(ms / minuteMs));
  return words.clock.hours(Math.round(ms / hourMs));
}

/** Said once, not once a second. */
function say(where: HTMLElement, text: string): void {
  if (where.textContent === text) return;
  where.textContent = text;
}
