/** Said to the page after each redrawing, for islands that draw into its pieces. */
export const redrawnEvent = 'wallet-redrawn';

/** A piece of the page that was drawn anew, or was not there before. */
export type Redrawn = { readonly named: string; readonly says: string };

/** As the server drew them: other islands may have drawn into them since, which is no news. */
const drawn = new Map<string, string>();

/** Remembers what the server drew. */
export function rememberPieces(root: ParentNode): void {
  drawn.clear();
  for (const piece of piecesOf(root)) drawn.set(nameOf(piece), piece.outerHTML);
}

/**
 * Puts a fresh drawing in the place of the page's, but for the pieces that are the same: they stay the elements they are,
 * with whatever is open, focused or drawn in them. Answers what changed in words; nothing when nothing did.
 */
export function redraw(root: HTMLElement, fresh: HTMLElement): Redrawn[] {
  const isSame = piecesOf(fresh).every((piece) => drawn.get(nameOf(piece)) === piece.outerHTML);
  if (isSame && piecesOf(fresh).length === drawn.size) return [];
  const standing = new Map(piecesOf(root).map((piece) => [nameOf(piece), piece]));
  const before = new Map([...standing].map(([name, piece]) => [name, piece.dataset['says']]));
  const comeBack = rememberPlace(root);
  const changed: Redrawn[] = [];
  const asDrawn = new Map(piecesOf(fresh).map((piece) => [nameOf(piece), piece.outerHTML]));
  for (const piece of piecesOf(fresh)) {
    const name = nameOf(piece);
    const { named = '', says = '' } = piece.dataset;
    const stands = standing.get(name);
    const isSamePiece = drawn.get(name) === asDrawn.get(name);
    if (stands !== undefined && (isSamePiece || keepsItself(stands, piece))) piece.replaceWith(stands);
    else if (says !== '' && before.get(name) !== says) changed.push({ named, says });
  }
  root.replaceChildren(...fresh.childNodes);
  drawn.clear();
  for (const [name, html] of asDrawn) drawn.set(name, html);
  comeBack();
  return changed;
}

/** A live code's own script draws it and asks how it stands: taking it away for a moment would be a moment without a ticket. */
function keepsItself(stands: HTMLElement, fresh: HTMLElement): boolean {
  return [stands, fresh].every((piece) => piece.querySelector('[data-live]') !== null);
}

function piecesOf(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-piece]')];
}

function nameOf(piece: HTMLElement): string {
  return piece.dataset['piece'] ?? '';
}

/** Where the reader is: what has the focus, what is unfolded, how far rows are scrolled. Brings them back there. */
function rememberPlace(root: HTMLElement): () => void {
  const focused = root.contains(document.activeElement) ? placeOf(root, document.activeElement) : undefined;
  const open = [...root.querySelectorAll<HTMLElement>('[data-piece]:has(details[open])')].map(nameOf);
  const rows = [...root.querySelectorAll<HTMLElement>('[data-scroller]')].map(
    (row) => [row.dataset['scroller'] ?? '', row.scrollLeft] as const,
  );
  return () => {
    for (const name of open) root.querySelector(`${pieceNamed(name)} details`)?.setAttribute('open', '');
    for (const [name, left] of rows) {
      root.querySelector(`[data-scroller="${CSS.escape(name)}"]`)?.scrollTo({ left, behavior: 'instant' });
    }
    focused?.()?.focus({ preventScroll: true });
  };
}

const focusable = 'a, button, summary, input, select';

/** Finds an element again: itself while it stands, otherwise the one in the same place of its piece. */
function placeOf(root: HTMLElement, element: Element | null): () => HTMLElement | undefined {
  const piece = element?.closest<HTMLElement>('[data-piece]');
  const index = piece ? [...piece.querySelectorAll(focusable)].findIndex((one) => one === element) : -1;
  return () => {
    if (element instanceof HTMLElement && element.isConnected) return element;
    const now = piece ? root.querySelector(pieceNamed(nameOf(piece))) : null;
    return now?.querySelectorAll<HTMLElement>(focusable)[index];
  };
}

function pieceNamed(name: string): string {
  return `[data-piece="${CSS.escape(name)}"]`;
}
