import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { CommitGroup, type GroupScope } from '#objects/common/commit-group.ts';
import { emptyInventory } from '#test/support/inventory.ts';

type Bench = {
  readonly group: CommitGroup;
  readonly write: (word: string) => string;
  readonly written: () => string[];
  readonly log: string[];
  readonly fail: { inFinish?: Error };
};

/** A group over real storage, whose scope keeps a log of words the way the inventory keeps its trail. */
function withGroup<Answer>(use: (bench: Bench) => Promise<Answer>): Promise<Answer> {
  return runInDurableObject(emptyInventory().stub, (_instance, { storage }) => {
    storage.sql.exec('CREATE TABLE words (word TEXT PRIMARY KEY)');
    const log: string[] = [];
    const fail: Bench['fail'] = {};
    const scope: GroupScope = {
      begin: () => log.push('begin'),
      mark: () => {
        const { length } = log;
        return () => log.splice(length);
      },
      finish: () => {
        if (fail.inFinish) throw fail.inFinish;
        log.push('finish');
      },
      committed: () => log.push('committed'),
    };
    const write = (word: string) => {
      log.push(word);
      storage.sql.exec('INSERT INTO words VALUES (?)', word);
      return word;
    };
    const written = () => [...storage.sql.exec<{ word: string }>('SELECT word FROM words')].map(({ word }) => word);
    return use({ group: new CommitGroup(storage, scope), write, written, log, fail });
  });
}

describe('calls that come together', () => {
  it('share one transaction, in the order they came', async () => {
    await withGroup(async ({ group, write, written, log }) => {
      const answers = await Promise.all(['a', 'b', 'c'].map((word) => group.run(() => write(word))));
      expect(answers).toEqual(['a', 'b', 'c']);
      expect(written()).toEqual(['a', 'b', 'c']);
      expect(log).toEqual(['begin', 'a', 'b', 'c', 'finish', 'committed']);
    });
  });

  it('lose only the one that throws: nothing of it stays, and nobody else waits', async () => {
    await withGroup(async ({ group, write, written, log }) => {
      const halfWay = () => {
        write('half');
        throw new Error('in the middle');
      };
      const settled = await Promise.allSettled([
        group.run(() => write('a')),
        group.run(halfWay),
        group.run(() => write('c')),
      ]);
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(written()).toEqual(['a', 'c']);
      // What came before the second beginning was taken back as a whole.
      expect(log.slice(log.lastIndexOf('begin'))).toEqual(['begin', 'a', 'c', 'finish', 'committed']);
    });
  });

  it('are all refused when the flush fails, and none of them is stored', async () => {
    await withGroup(async ({ group, write, written, fail }) => {
      fail.inFinish = new Error('disk is full');
      const settled = await Promise.allSettled(['a', 'b'].map((word) => group.run(() => write(word))));
      expect(settled).toEqual([1, 2].map(() => ({ status: 'rejected', reason: fail.inFinish })));
      expect(written()).toEqual([]);
    });
  });

  it('do not spoil the next group by failing', async () => {
    await withGroup(async ({ group, write, written, fail }) => {
      fail.inFinish = new Error('disk is full');
      await Promise.allSettled([group.run(() => write('a'))]);
      delete fail.inFinish;
      expect(await group.run(() => write('a'))).toBe('a');
      expect(written()).toEqual(['a']);
    });
  });

  it('are answered only after the transaction, and the scope is told then', async () => {
    await withGroup(async ({ group, write, log }) => {
      const told = vi.fn<() => void>();
      await group.run(() => write('a')).then(told);
      expect(told).toHaveBeenCalledOnce();
      expect(log.at(-1)).toBe('committed');
    });
  });

  it('are as many as one transaction may hold, the rest in the next', async () => {
    await withGroup(async ({ group, written, write, log }) => {
      await Promise.all(Array.from({ length: 600 }, (_, index) => group.run(() => write(String(index)))));
      expect(written()).toHaveLength(600);
      expect(log.filter((entry) => entry === 'begin')).toHaveLength(2);
    });
  });
});
