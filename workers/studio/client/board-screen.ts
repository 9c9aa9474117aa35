import type { Board, Counts } from '#shared/live/board.ts';
import { barWidths } from '#shared/live/board.ts';
import { arrivalRows, boardWords } from '#workers/ui/messages/board-words.ts';

/** Long enough to be noticed from the corner of an eye, over before the next change at a quiet gate. */
const highlightMs = 1_500;

/**
 * Writes a board into the places the server drew. False when the page lacks one of them: a ticket type, gate or link was
 * added since, and only the server knows how to draw it.
 */
export function showBoard(root: HTMLElement, board: Board, timeZone: string): boolean {
  const unwritten = new Map(boardWords(board, timeZone));
  for (const place of root.querySelectorAll<HTMLElement>('[data-figure]')) {
    const name = place.dataset['figure'] ?? '';
    const text = unwritten.get(name);
    if (text !== undefined) write(place, text);
    unwritten.delete(name);
  }
  showBar(root, 'all', board.totals);
  for (const type of board.types) showBar(root, `type/${type.id}`, type);
  for (const part of ['past', 'running'] as const) {
    root.querySelector(`[data-chart="${part}"]`)?.setAttribute('d', board.chart[part]);
  }
  showMinutes(root, board, timeZone);
  return unwritten.size === 0;
}

function write(place: HTMLElement, text: string): void {
  if (place.textContent === text) return;
  place.textContent = text;
  if (document.hidden || place.dataset['quiet'] !== undefined) return;
  place.classList.add('is-new');
  setTimeout(() => place.classList.remove('is-new'), highlightMs);
}

function showBar(root: HTMLElement, name: string, counts: Counts): void {
  const bar = root.querySelector(`[data-bar="${CSS.escape(name)}"]`);
  for (const [part, width] of Object.entries(barWidths(counts))) {
    bar?.querySelector(`[data-part="${part}"]`)?.setAttribute('width', String(width));
  }
}

function showMinutes(root: HTMLElement, board: Board, timeZone: string): void {
  const rows = arrivalRows(board, timeZone).map(({ time, people }) => {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = time;
    row.append(head, withText(people));
    return row;
  });
  root.querySelector('[data-minutes]')?.replaceChildren(...rows);
}

function withText(text: string): HTMLElement {
  const cell = document.createElement('td');
  cell.textContent = text;
  return cell;
}
