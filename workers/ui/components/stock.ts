/**
 * The colour of paper a ticket is printed on. Each access level keeps its own, on every page, so that people and
 * stewards know it at a glance; the words beside it say the same.
 */
const stocks = 6;

/** Tried until the common names (visitor, weekend, pass holder, trade, workshop, backstage…) fell on different papers. */
const start = 605;

/**
 * Class name of the paper. Levels of one event are told apart by their number, `tier`; a name whose number is not known
 * gets a paper by its letters (FNV-1a, which spreads short, similar names such as "Day 1" and "Day 2").
 */
export function stockOf(accessLevel: string, tier?: number): string {
  // Levels count from one, papers from nought.
  const number = tier === undefined ? hashOf(accessLevel) : tier + stocks - 1;
  return `stock-${number % stocks}`;
}

function hashOf(name: string): number {
  let hash = start;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
