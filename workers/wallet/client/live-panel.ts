import { secondMs } from '#shared/time.ts';
import type { TicketStatus } from '#shared/tickets/status.ts';
import type { KeptTicket, LiveStanding } from '#shared/wallet/kept-ticket.ts';
import { keptFace, liveFace, type LiveFace } from '#shared/wallet/live-face.ts';
import { dropHeld, readHeld, type HeldKey } from '#workers/ui/client/wallet-store.ts';
import { liveCodeMessages as words, ticketMessages } from '#workers/ui/messages/en.ts';
import { element } from './elements.ts';
import { activate, askStanding, bearingOf, type Activated } from './holder.ts';
import { showLiveCode } from './live-code.ts';
import { recallDrift } from './server-clock.ts';

/** As the server told this page, or as the phone keeps it. */
export type LiveTicket = Pick<KeptTicket, 'ticketId' | 'activationPath' | 'form' | 'isEntered'> & {
  readonly standing: LiveStanding;
};

export type PanelParts = {
  /** Where the live code, or the way to it, is drawn. */
  readonly root: HTMLElement;
  /** The printed code beside it, for types that take both. */
  readonly paper?: HTMLElement | undefined;
  /** Where the page says the ticket's status. Looked for anew each time: the page may have drawn that part again. */
  readonly status: () => HTMLElement | undefined;
};

/** A panel that runs, for pages that change under it. */
export type RunningPanel = {
  /** Something may have changed. */
  readonly ask: () => void;
  /** Its part of the page is gone. */
  readonly stop: () => void;
};

/** How often a phone that shows a code asks whether it still bears the ticket. */
const askAfterMs = 30 * secondMs;

/** Runs a ticket's live code on a page: from the offer to activate it, to the code itself, to its end on another phone. */
export async function runLivePanel(parts: PanelParts, ticket: LiveTicket, isKept = false): Promise<RunningPanel> {
  await recallDrift();
  const held = await readHeld(ticket.ticketId).catch(() => undefined);
  const panel = new LivePanel(parts, ticket, held);
  return panel.begin(isKept ? keptFace(ticket.standing, bearingOf(held)) : liveFace(ticket.standing, bearingOf(held)));
}

class LivePanel {
  readonly #parts: PanelParts;
  readonly #ticket: LiveTicket;
  #standing: LiveStanding;
  #isEntered: boolean;
  #held: HeldKey | undefined;
  #face: LiveFace | 'withdrawn' | undefined;
  #stop: () => void = () => undefined;
  #timer = 0;
  /** Counts questions: of two on their way at once, the later one knows more. */
  #asked = 0;
  readonly #over = new AbortController();

  constructor(parts: PanelParts, ticket: LiveTicket, held: HeldKey | undefined) {
    this.#parts = parts;
    this.#ticket = ticket;
    this.#standing = ticket.standing;
    this.#isEntered = ticket.isEntered;
    this.#held = held;
  }

  begin(face: LiveFace): RunningPanel {
    this.#turnTo(face);
    const { signal } = this.#over;
    const ask = () => void this.#ask();
    document.addEventListener('visibilitychange', ask, { signal });
    globalThis.addEventListener('online', ask, { signal });
    ask();
    return { ask, stop: () => this.#end() };
  }

  #end(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
    this.#stop();
  }

  /** Asks how the ticket stands; its answer also puts the clock right. Without an answer everything stays as it is. */
  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden' || this.#over.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#ask(), askAfterMs);
    this.#asked += 1;
    const question = this.#asked;
    const answer = await askStanding(this.#ticket.activationPath);
    if (answer === undefined || question !== this.#asked || this.#over.signal.aborted) return;
    this.#saysStatus(answer.status);
    this.#isEntered = answer.isEntered;
    if (answer.live === undefined) {
      this.#withdraw(answer.status);
      return;
    }
    // Another tab may have activated it since.
    this.#held = await readHeld(this.#ticket.ticketId).catch(() => this.#held);
    this.#standing = answer.live;
    this.#turnTo(liveFace(answer.live, bearingOf(this.#held)));
  }

  #turnTo(face: LiveFace): void {
    // Whoever had it here goes on being told so, until they decide what to do about it.
    const next = face === 'elsewhere' && this.#face === 'moved' ? 'moved' : face;
    // A pass of before is shown while the next is fetched: most gates take both.
    if (next === 'renew') void this.#activate(false);
    this.#showPaper(next);
    if (next === this.#face) return;
    this.#face = next;
    this.#stop();
    this.#stop = () => undefined;
    this.#parts.root.dataset['face'] = next;
    if ((next === 'shown' || next === 'renew') && this.#held !== undefined) {
      this.#stop = showLiveCode(this.#parts.root, this.#held);
      return;
    }
    if (next === 'moved' && this.#held !== undefined) {
      void dropHeld(this.#held).catch(() => undefined);
      this.#held = undefined;
    }
    this.#offer(next);
  }

  /** Paper is for those without a live code, and for a first entry only where coming back takes one. */
  #showPaper(face: LiveFace | 'withdrawn'): void {
    if (this.#parts.paper === undefined) return;
    const isReplaced = face === 'shown' || face === 'renew';
    this.#parts.paper.hidden = isReplaced || (this.#isEntered && face !== 'withdrawn');
  }

  #withdraw(status: TicketStatus): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#face = 'withdrawn';
    this.#parts.root.dataset['face'] = 'withdrawn';
    this.#showPaper('withdrawn');
    this.#parts.root.replaceChildren(element('p', { class: 'no-code' }, ticketMessages.withoutCode[status]));
  }

  #offer(face: LiveFace): void {
    const isBeside = this.#ticket.form === 'live_for_reentry';
    const offer = face === 'offer' && isBeside ? words.reentry : words[wordsOf(face)];
    const said = element('p', { class: 'live-said', role: 'alert' });
    const button = element('button', { class: 'button', type: 'button' }, offer.action);
    button.addEventListener('click', () => {
      button.disabled = true;
      button.textContent = words.working;
      said.replaceChildren();
      void this.#activate(face !== 'offer').then((problem) => {
        button.disabled = false;
        button.textContent = offer.action;
        if (problem !== undefined) said.replaceChildren(problem);
      });
    });
    const title = element('h2', {}, offer.title);
    this.#parts.root.replaceChildren(
      element('div', { class: 'live-offer' }, title, element('p', {}, offer.detail), button, said),
    );
  }

  /** Answers what to tell whoever pressed; undefined when there is a code, or another state to show instead. */
  async #activate(takesOver: boolean): Promise<Node | string | undefined> {
    const { ticketId, activationPath } = this.#ticket;
    const wish = { ticketId, generation: this.#standing.generation, takesOver };
    const activated = await activate(activationPath, wish);
    if (activated.kind !== 'done') return this.#explain(activated);
    this.#held = activated.held;
    const bearing = bearingOf(activated.held);
    if (bearing !== undefined) this.#standing = { ...bearing, isOurs: true };
    // A renewed pass takes the place of the one that is shown.
    this.#face = undefined;
    this.#turnTo('shown');
    this.#parts.root.querySelector<HTMLElement>('.qr')?.focus();
    await this.#ask();
    return undefined;
  }

  async #explain(activated: Exclude<Activated, { kind: 'done' }>): Promise<Node | string | undefined> {
    if (activated.kind === 'unreachable') return words.problem.unreachable;
    if (activated.kind === 'keyless') return words.problem.keyless;
    if (activated.code === 'proof_needed') return proofWords();
    const before = this.#face;
    // Somebody was faster, or the clock was wrong: what is true now says more than the refusal.
    await this.#ask();
    if (this.#face !== before) return undefined;
    return activated.detail === '' ? words.problem.unknown : activated.detail;
  }

  #saysStatus(status: TicketStatus): void {
    const said = this.#parts.status();
    if (said !== undefined) said.textContent = ticketMessages.status[status];
  }
}

function wordsOf(face: LiveFace): 'offer' | 'elsewhere' | 'moved' | 'lost' {
  return face === 'shown' || face === 'renew' ? 'offer' : face;
}

function proofWords(): Node {
  const next = new URLSearchParams({ next: location.pathname });
  const link = element('a', { href: `/account/prove?${next.toString()}` }, words.problem.prove);
  return element('span', {}, `${words.problem.proof} `, link);
}
