import { runInDurableObject } from 'cloudflare:test';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupSql } from '#objects/common/group-sql.ts';
import { rowInserter } from '#objects/common/insert-rows.ts';
import { rowReader, smallRowReader } from '#objects/common/read-rows.ts';
import { RowBook } from '#objects/common/row-book.ts';
import { emptyInventory } from '#test/support/inventory.ts';

type Word = { word: string; meaning: string | null; said: number };

const wanted = { table: 'words', key: 'word', columns: { word: 'word', meaning: 'meaning', said: 'times_said' } };
const readWords = rowReader<Word>(wanted);
const readShort = smallRowReader<Word>(wanted);
const saveWords = rowInserter(
  'words',
  ['word', 'meaning', 'times_said'],
  'ON CONFLICT (word) DO UPDATE SET meaning = excluded.meaning, times_said = excluded.times_said',
);
const valuesOf = (rows: readonly Word[]) => rows.map(({ word, meaning, said }) => [word, meaning, said]);

/** A book of words over real storage, and the statements that were run. */
function withBook<Answer>(use: (bench: ReturnType<typeof benchOver>) => Answer): Promise<Answer> {
  return runInDurableObject(emptyInventory().stub, (_instance, { storage }) => use(benchOver(storage.sql)));
}

function benchOver(storage: SqlStorage) {
  storage.exec('CREATE TABLE words (word TEXT PRIMARY KEY, meaning TEXT, times_said INTEGER NOT NULL) WITHOUT ROWID');
  const statements: string[] = [];
  const sql: Pick<SqlStorage, 'exec'> = {
    exec: (statement, ...bindings) => {
      statements.push(statement);
      return storage.exec(statement, ...bindings);
    },
  };
  const book = new RowBook<Word>({
    table: 'words',
    keyOf: ({ word }) => word,
    read: (keys) => readWords(sql, keys),
    write: (rows) => saveWords(sql, valuesOf(rows)),
  });
  const stored = () =>
    storage.exec<Word>('SELECT word, meaning, times_said AS said FROM words ORDER BY word').toArray();
  return { storage, sql, book, around: new GroupSql(sql, [book]), statements, stored };
}

const hello: Word = { word: 'hello', meaning: 'a greeting', said: 1 };

describe('a book of rows', () => {
  it('reads what was announced with one statement, and remembers what there is not', async () => {
    await withBook(({ sql, book, statements }) => {
      saveWords(sql, valuesOf([hello, { ...hello, word: 'servus' }]));
      statements.length = 0;
      book.open();
      book.expect(['hello', 'servus', 'nobody', 'hello']);
      expect(['hello', 'servus', 'nobody'].map((word) => book.get(word)?.meaning)).toEqual([
        'a greeting',
        'a greeting',
        undefined,
      ]);
      expect(statements).toHaveLength(1);
    });
  });

  it('shows a row as it was put, before it is written, and writes it once', async () => {
    await withBook(({ book, stored }) => {
      book.open();
      book.put(hello);
      book.put({ ...hello, said: 2 });
      expect(book.get('hello')?.said).toBe(2);
      expect(stored()).toEqual([]);
      book.settle();
      expect(stored()).toEqual([{ ...hello, said: 2 }]);
    });
  });

  it('knows nothing between groups: a row is then as storage has it, and none can be changed', async () => {
    await withBook(({ storage, book }) => {
      book.open();
      book.put(hello);
      book.settle();
      book.close();
      storage.exec('UPDATE words SET times_said = 9');
      expect(book.get('hello')?.said).toBe(9);
      storage.exec('UPDATE words SET times_said = 10');
      expect(book.get('hello')?.said).toBe(10);
      expect(() => book.put(hello)).toThrow('outside a group');
    });
  });
});

describe('a statement that goes round the book', () => {
  it('finds written what the book was told, and the book what the statement wrote', async () => {
    await withBook(({ book, around }) => {
      book.open();
      book.put(hello);
      expect(around.exec('SELECT times_said AS said FROM words').toArray()).toEqual([{ said: 1 }]);
      around.exec('UPDATE words SET times_said = times_said + 1 WHERE word = ?', 'hello');
      expect(book.get('hello')?.said).toBe(2);
    });
  });

  it('on another table leaves it alone', async () => {
    await withBook(({ book, around, stored }) => {
      book.open();
      book.put(hello);
      around.exec('SELECT key_id FROM key_ring');
      expect(stored()).toEqual([]);
    });
  });
});

describe('many rows', () => {
  const word = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0'));
  const rows = fc.uniqueArray(
    fc.record({ word, meaning: fc.option(fc.string({ maxLength: 20 })), said: fc.maxSafeInteger() }),
    { selector: ({ word: text }) => text, maxLength: 200 },
  );

  it('are read as they were written, one by one or together, whatever they say', async () => {
    await withBook(({ sql, storage }) => {
      fc.assert(
        fc.property(rows, (all) => {
          storage.exec('DELETE FROM words');
          saveWords(sql, valuesOf(all));
          const keys = [...all.map((row) => row.word), 'nobody wrote this'];
          const byWord = new Map(all.map((row) => [row.word, row]));
          for (const read of [readWords, readShort]) {
            expect(new Map(read(sql, keys).map((row) => [row.word, row]))).toEqual(byWord);
          }
          expect(keys.flatMap((key) => readShort(sql, [key]))).toEqual(all);
        }),
        { numRuns: 50 },
      );
    });
  });
});
