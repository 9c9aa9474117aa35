import type { Verdict } from '#shared/admission/verdict.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';

type Counter = { name: string; value: number };

/**
 * What the live view counts: kept at each change and written once a group, so that watching an event never counts its
 * tickets. Names are `<kind>/<id>`; minutes are zero-padded, so that a range of names is a range of time.
 */
export class CounterBook {
  readonly #sql: SqlStorage;
  readonly #added = new Map<string, number>();
  readonly #stored = new Map<string, number>();
  #journal: Counter[] = [];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  begin(): void {
    this.#added.clear();
    this.#stored.clear();
    this.#journal = [];
  }

  mark(): () => void {
    const length = this.#journal.length;
    return () => {
      for (const { name, value } of this.#journal.splice(length)) this.#bump(name, -value);
    };
  }

  add(name: string, by: number): void {
    this.#journal.push({ name, value: by });
    this.#bump(name, by);
  }

  countScan(verdict: Verdict, typeId: string | undefined, gateId: string, now: EpochMs): void {
    const passed = passage(verdict);
    this.add(`${passed}-gate/${gateId}`, 1);
    if (passed !== 'admitted') return;
    this.add(`arrivals/${minuteName(now)}`, 1);
    if (typeId !== undefined) this.add(`admitted-type/${typeId}`, 1);
  }

  /** A scan that was taken back. */
  uncountScan(verdict: Verdict, typeId: string, gateId: string): void {
    const passed = passage(verdict);
    this.add(`${passed}-gate/${gateId}`, -1);
    if (passed !== 'admitted') return;
    this.add(`arrivals/${minuteName(verdict.scannedAtMs)}`, -1);
    this.add(`admitted-type/${typeId}`, -1);
  }

  /** A counter as the group stands. Read from storage once a group. */
  value(name: string): number {
    let stored = this.#stored.get(name);
    if (stored === undefined) {
      stored =
        this.#sql.exec<Counter>('SELECT name, value FROM counters WHERE name = ?', name).toArray()[0]?.value ?? 0;
      this.#stored.set(name, stored);
    }
    return stored + (this.#added.get(name) ?? 0);
  }

  write(): void {
    for (const [name, by] of this.#added) {
      if (by === 0) continue;
      this.#sql.exec(
        'INSERT INTO counters (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = value + ?2',
        name,
        by,
      );
    }
  }

  #bump(name: string, by: number): void {
    this.#added.set(name, (this.#added.get(name) ?? 0) + by);
  }

  /** Counters of a kind by id, from an id on. */
  read(kind: string, fromId = ''): Map<string, number> {
    const prefix = `${kind}/`;
    // '0' is the character after '/': the range holds every name of the kind and no other.
    const rows = this.#sql.exec<Counter>(
      'SELECT name, value FROM counters WHERE name >= ? AND name < ? ORDER BY name',
      prefix + fromId,
      `${kind}0`,
    );
    return new Map(rows.toArray().map(({ name, value }) => [name.slice(prefix.length), value]));
  }
}

function passage({ outcome, reason }: Verdict): 'admitted' | 'exited' | 'refused' {
  if (outcome !== 'grant' && outcome !== 'partial') return 'refused';
  return reason === 'exited' ? 'exited' : 'admitted';
}

const minuteDigits = 10;

export function minuteName(at: EpochMs): string {
  return String(Math.floor(at / minuteMs)).padStart(minuteDigits, '0');
}
