import type { TicketUse } from '../admission/admit.ts';
import { entered, isUsedUp, left, useOf, type Uses, type ZoneUse } from '../admission/uses.ts';
import type { EventRules, Gate, TicketType } from '../inventory/rules.ts';
import type { EpochMs } from '../time.ts';

/**
 * What a scanner remembers of one ticket, so that a copy shown at the next lane is refused without asking anybody: what it
 * granted itself and what it heard of other gates. News name gate and instant; what that opened follows from the rules.
 */
export type Passage = {
  /** `back`: the latest passage at that gate was taken back. */
  readonly what: 'in' | 'out' | 'back';
  readonly gateId: string;
  readonly atMs: EpochMs;
  /** This device's own scan; absent for what was heard. */
  readonly scanId?: string | undefined;
};

/** One of the device's own. */
export type OwnPassage = { readonly gateId: string; readonly atMs: EpochMs; readonly scanId: string };

/** More of one ticket than any rules let through; what comes after is not remembered. */
export const passageLimit = 200;

/**
 * With one passage more. What the device did and then heard of is one: the event's now, and no scan of its own any more. The
 * very same list where there is nothing new in it.
 */
export function withPassage(passages: readonly Passage[], next: Passage): readonly Passage[] {
  const at = passages.findIndex((known) => isSame(known, next));
  if (at < 0) return passages.length < passageLimit ? [...passages, next] : passages;
  if (passages[at]?.scanId === undefined && next.scanId === undefined) return passages;
  const { what, gateId, atMs } = next;
  const isOwn = passages[at]?.scanId !== undefined && next.scanId !== undefined;
  return passages.with(at, isOwn ? next : { what, gateId, atMs });
}

/** Without a scan of the device's own that the event has not told of. */
export function withoutScan(passages: readonly Passage[], scanId: string): readonly Passage[] {
  const isThere = passages.some((passage) => passage.scanId === scanId);
  return isThere ? passages.filter((passage) => passage.scanId !== scanId) : passages;
}

/** With a scan taken back, whether or not the event told of it meanwhile. */
export function takenBack(passages: readonly Passage[], { gateId, atMs, scanId }: OwnPassage) {
  const without = withoutScan(passages, scanId);
  return without.length < passages.length ? without : withPassage(passages, { what: 'back', gateId, atMs });
}

/** What of the ticket is used, as far as this device knows. */
export function useFrom(rules: EventRules, type: TicketType, passages: readonly Passage[]): TicketUse {
  let use: TicketUse = { uses: {}, entries: 0, firstEntryAtMs: undefined, lastEntry: undefined };
  for (const { what, gateId, atMs } of withoutTakenBack(passages)) {
    const gate = rules.gates.find(({ id }) => id === gateId);
    if (gate === undefined) continue;
    use = what === 'in' ? afterEntry(rules, type, gate, use, atMs) : { ...use, uses: afterExit(gate, use.uses) };
  }
  return use;
}

function isSame(a: Passage, b: Passage): boolean {
  if (a.scanId !== undefined && b.scanId !== undefined) return a.scanId === b.scanId && a.what === b.what;
  return a.what === b.what && a.gateId === b.gateId && a.atMs === b.atMs;
}

function withoutTakenBack(passages: readonly Passage[]): Passage[] {
  const kept: Passage[] = [];
  for (const passage of passages.toSorted((a, b) => a.atMs - b.atMs)) {
    if (passage.what !== 'back') kept.push(passage);
    else {
      const at = kept.findLastIndex(({ gateId }) => gateId === passage.gateId);
      if (at >= 0) kept.splice(at, 1);
    }
  }
  return kept;
}

/** The zones its gate opened then: those it had something left for; all they share when it was let in all the same. */
function afterEntry(rules: EventRules, type: TicketType, gate: Gate, use: TicketUse, atMs: EpochMs): TicketUse {
  const shared = gate.zones.filter((zone) => type.zones.includes(zone));
  const isOpen = (zoneUse: ZoneUse) =>
    !isUsedUp(type, zoneUse, rules.timeZone, atMs) && !(type.entry.kind === 'reentry' && zoneUse.inside >= type.admits);
  const free = shared.filter((zone) => isOpen(useOf(use.uses, zone)));
  const opened = [free, shared, gate.zones].find((zones) => zones.length > 0) ?? [];
  const entries = opened.map((zone) => [zone, entered(useOf(use.uses, zone), rules.timeZone, atMs)] as const);
  return {
    uses: { ...use.uses, ...Object.fromEntries(entries) },
    entries: use.entries + 1,
    firstEntryAtMs: use.firstEntryAtMs ?? atMs,
    lastEntry: { atMs, gateId: gate.id },
  };
}

function afterExit(gate: Gate, uses: Uses): Uses {
  const from = gate.zones.filter((zone) => useOf(uses, zone).inside > 0);
  return { ...uses, ...Object.fromEntries(from.map((zone) => [zone, left(useOf(uses, zone))])) };
}
