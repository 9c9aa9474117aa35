import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readProjectionHealth } from '#d1/queries/projection-health.ts';
import { project } from '#workers/operations/project-log.ts';
import { rebuildProjection } from '#workers/operations/rebuild-projection.ts';
import { scanRequest } from '#test/support/inventory.ts';
import { quietEvent } from '#test/support/quiet-event.ts';
import { cursorOf, projectionServices, readModelsOf } from '#test/support/read-models.ts';
import { outOfReach, troubledDatabase } from '#test/support/unreliable.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { services } = projectionServices();

/** Rebuilding finds nothing to correct. */
async function expectConverged(source: string): Promise<void> {
  const rebuilt = await rebuildProjection(services, source, { adopt: false });
  expect(rebuilt?.differences).toEqual([]);
  expect(rebuilt?.seq).toBeGreaterThan(0);
}

describe('while D1 is away', () => {
  it('nothing is lost and nothing is half written: the next ring reads on', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const away = { ...services, db: troubledDatabase({ before: outOfReach }) };
    await expect(project(away, event.source)).rejects.toThrow('Network connection lost');
    expect(await cursorOf(event.source)).toBeUndefined();
    await event.inside((inventory) => inventory.scanMany([scanRequest('while it is away')]));
    expect(await project(services, event.source)).toBe(true);
    expect((await readModelsOf(event.eventId)).scans).toHaveLength(5);
    await expectConverged(event.source);
  });

  it('an answer that got lost after the commit repeats nothing', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    const mute = { ...services, db: troubledDatabase({ after: outOfReach }) };
    await expect(project(mute, event.source)).rejects.toThrow('Network connection lost');
    expect(await project(services, event.source)).toBe(true);
    await expectConverged(event.source);
  });

  it('no innocent entry is set aside', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    await expect(project({ ...services, db: troubledDatabase({ before: outOfReach }) }, event.source)).rejects.toThrow(
      'Network connection lost',
    );
    await project(services, event.source);
    const { poison } = await readProjectionHealth(services.db);
    expect(poison.filter(({ source }) => source === event.source)).toEqual([]);
  });

  it('scanning goes on and waits for nobody', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    // A batch that never ends, as a database that is only slow.
    const slow = { ...services, db: troubledDatabase({ before: () => new Promise(() => undefined) }) };
    void project(slow, event.source);
    const answers = await event.inside((inventory) => inventory.scanMany([scanRequest('meanwhile')]));
    expect(answers[0]).toMatchObject({ ok: true, value: { reason: 'unreadable_code' } });
  });
});

/** What may happen to a ring, or between two. */
const moment = fc.constantFrom(
  'scan',
  'sell',
  'ring',
  'ring twice at once',
  'ring while D1 is away',
  'ring whose answer is lost',
  'ring lost',
);

describe('rings that are lost, repeated, reordered and interrupted', () => {
  it('leave the read models as the log says, whatever the order', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const away = { ...services, db: troubledDatabase({ before: outOfReach }) };
    const mute = { ...services, db: troubledDatabase({ after: outOfReach }) };
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 3, maxLength: 12 }), async (moments) => {
        const event = quietEvent();
        await event.livesThroughADay();
        const happen: Record<(typeof moments)[number], () => Promise<unknown>> = {
          scan: () => event.inside((inventory) => inventory.scanMany([scanRequest('nonsense')])),
          sell: () => event.sell(1).catch(() => undefined),
          ring: () => project(services, event.source),
          'ring twice at once': () =>
            Promise.allSettled([project(services, event.source), project(services, event.source)]),
          'ring while D1 is away': () => Promise.allSettled([project(away, event.source)]),
          'ring whose answer is lost': () => Promise.allSettled([project(mute, event.source)]),
          'ring lost': () => Promise.resolve(),
        };
        for (const what of moments) await happen[what]();
        await project(services, event.source);
        expect(await cursorOf(event.source)).toBe((await event.stub.readLog(0)).headSeq);
        await expectConverged(event.source);
      }),
      { numRuns: 12 },
    );
  });
});
