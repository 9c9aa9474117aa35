import { createHash } from 'node:crypto';
import type { LogEntry } from '#shared/trail/entries.ts';

/** One commit's entries, chained to the commit before: `hash = sha256(previousHash + entries)`, in hex. */
export type Segment = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly previousHash: string;
  readonly entries: string;
  readonly hash: string;
};

export type LogPage<Body> = {
  readonly entries: LogEntry<Body>[];
  /** The newest entry there is; a reader that has it is up to date. */
  readonly headSeq: number;
};

type Head = { readonly lastSeq: number; readonly hash: string };

const emptyHead: Head = { lastSeq: 0, hash: '' };
const segmentsPerPage = 64;

/**
 * The trail and the outbox in one: every group commit appends one row holding its entries. A row per entry would cost
 * a written row and an index more on each scan, and a hash each; a segment costs them once a group. The hash is taken
 * synchronously: awaiting WebCrypto here would let other requests into the middle of a transaction.
 */
export class SegmentLog<Body extends object> {
  readonly #sql: SqlStorage;
  readonly #clock: () => number;
  #head: Head = emptyHead;
  #pending: LogEntry<Body>[] = [];

  constructor(sql: SqlStorage, clock: () => number) {
    this.#sql = sql;
    this.#clock = clock;
  }

  begin(): void {
    this.#head = this.#readHead();
    this.#pending = [];
  }

  append(body: Body): number {
    const seq = this.#head.lastSeq + this.#pending.length + 1;
    this.#pending.push({ seq, atMs: this.#clock(), ...body });
    return seq;
  }

  mark(): () => void {
    const length = this.#pending.length;
    return () => {
      this.#pending.length = length;
    };
  }

  /** Writes what was appended since `begin`, and answers it. */
  write(): readonly LogEntry<Body>[] {
    const last = this.#pending.at(-1);
    const first = this.#pending[0];
    if (first === undefined || last === undefined) return [];
    const entries = JSON.stringify(this.#pending);
    this.#sql.exec(
      'INSERT INTO log_segments (first_seq, last_seq, previous_hash, entries, hash) VALUES (?, ?, ?, ?, ?)',
      first.seq,
      last.seq,
      this.#head.hash,
      entries,
      chainHash(this.#head.hash, entries),
    );
    return this.#pending;
  }

  headSeq(): number {
    return this.#readHead().lastSeq;
  }

  /** Entries after a sequence number, oldest first; whole segments, so a page may be a little longer than its limit. */
  readAfter(afterSeq: number): LogPage<Body> {
    const entries = this.segmentsFrom(afterSeq + 1)
      .flatMap((segment) => JSON.parse(segment.entries) as LogEntry<Body>[])
      .filter((entry) => entry.seq > afterSeq);
    return { entries, headSeq: this.headSeq() };
  }

  /** Segments from the one holding `seq` on, at most a page of them. */
  segmentsFrom(seq: number): Segment[] {
    return this.#sql
      .exec<Segment>(
        `SELECT first_seq AS firstSeq, last_seq AS lastSeq, previous_hash AS previousHash, entries, hash
         FROM log_segments
         WHERE first_seq >= COALESCE((SELECT MAX(first_seq) FROM log_segments WHERE first_seq <= ?1), 0)
         ORDER BY first_seq LIMIT ?2`,
        seq,
        segmentsPerPage,
      )
      .toArray();
  }

  #readHead(): Head {
    const rows = this.#sql
      .exec<Head>('SELECT last_seq AS lastSeq, hash FROM log_segments ORDER BY first_seq DESC LIMIT 1')
      .toArray();
    return rows[0] ?? emptyHead;
  }
}

export function chainHash(previousHash: string, entries: string): string {
  return createHash('sha256').update(previousHash).update(entries).digest('hex');
}
