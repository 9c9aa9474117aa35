import { picture, rect } from '../svg.ts';

/** A business's mark: a ground and one bold figure on a square of 256. */
export type Mark = { readonly ground: string; readonly drawn: () => string };

export function markPicture(name: string, mark: Mark): string {
  return picture(256, 256, name, rect(0, 0, 256, 256, mark.ground), mark.drawn());
}
