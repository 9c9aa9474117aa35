/**
 * The colour of paper a ticket is printed on. Each access level keeps its own, on every page and at the gate, so that
 * people and stewards know it at a glance; the words beside it say the same.
 */
const stocks = 6;

/** Tried until the common names (visitor, weekend, pass holder, trade, workshop, backstage…) fell on different papers. */
const start = 605;

/** Class name of the paper for an access level: FNV-1a, which spreads short, similar names such as "Day 1" and "Day 2". */
export function stockOf(accessLevel: string): string {
  let hash = start;
  for (const character of accessLevel) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return `stock-${(hash >>> 0) % stocks}`;
}
