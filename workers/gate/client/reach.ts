import { minuteMs, type EpochMs } from '#shared/time.ts';
import { isStale } from '#shared/gate/manifest.ts';
import { clockTime } from '#workers/ui/messages/dates.ts';
import { handheldMessages as words } from '#workers/ui/messages/en.ts';
import { driftWorthSayingMs, type EventClock } from './offline/clock.ts';
import type { Knowledge } from './offline/knowledge.ts';
import { countUnsent } from './offline/log.ts';
import type { Store } from './offline/store.ts';
import { part } from './screen.ts';

/** The strip that says plainly whether the event is there, how old the list is, and what is still to be sent. */

export type Reach = 'connecting' | 'online' | 'unsure' | 'offline';

export type ReachDeps = {
  readonly store: Store;
  readonly clock: EventClock;
  readonly knowledge: Knowledge;
  readonly timeZone: string;
  readonly reach: () => Reach;
};

const lookAgainMs = 5_000;

export function showReach({ store, clock, knowledge, timeZone, reach }: ReachDeps): () => void {
  const strip = part('[data-reach]');
  const [word, list, log, drift] = [
    part('[data-reach-word]'),
    part('[data-list-age]'),
    part('[data-unsent]'),
    part('[data-drift]'),
  ];
  let offlineSinceMs: EpochMs | undefined;

  async function draw(): Promise<void> {
    const now = reach();
    offlineSinceMs = now === 'offline' ? (offlineSinceMs ?? clock.now()) : undefined;
    strip.dataset['reach'] = now;
    setText(
      word,
      now === 'offline' ? words.reach.offline(clockTime(offlineSinceMs ?? clock.now(), timeZone)) : words.reach[now],
    );
    setText(list, listWords());
    const unsent = await countUnsent(store);
    setText(log, words.waiting(unsent));
    log.dataset['unsent'] = String(unsent);
    setText(drift, driftWords());
    drift.hidden = drift.textContent === '';
  }

  function listWords(): string {
    const { known } = knowledge;
    if (known === undefined) return words.noList;
    if (isStale(known.manifest, clock.now())) return words.listOver;
    return words.listAge(Math.floor((clock.deviceNow() - known.receivedAtMs) / minuteMs));
  }

  function driftWords(): string {
    if (clock.wasSetBack()) return words.setBack;
    const { offsetMs } = clock;
    if (Math.abs(offsetMs) <= driftWorthSayingMs) return '';
    return words.drift(Math.round(Math.abs(offsetMs) / minuteMs), offsetMs < 0);
  }

  setInterval(() => void draw(), lookAgainMs);
  void draw();
  return () => void draw();
}

/** Written only when it is another: the strip is read out by screen readers when it changes. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
