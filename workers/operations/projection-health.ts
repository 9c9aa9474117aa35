import { readProjectionHealth, shownPoison } from '#d1/queries/projection-health.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { rebuildProjection } from './rebuild-projection.ts';

/** How the read models stand beside the logs they are read from. */
export type ProjectionHealth = {
  readonly sources: readonly {
    readonly source: string;
    readonly headSeq: number;
    readonly cursorSeq: number;
    /** Entries that were still unread after the last pull. */
    readonly behind: number;
    readonly lagMs: number;
    readonly measuredAtMs: EpochMs;
  }[];
  readonly poison: readonly {
    readonly source: string;
    readonly seq: number;
    readonly kind: string;
    readonly why: string;
    readonly setAsideAtMs: EpochMs;
  }[];
  /** There may be more set aside than is listed. */
  readonly isPoisonFull: boolean;
};

export async function showProjectionHealth({ db }: Services): Promise<ProjectionHealth> {
  const { sources, poison } = await readProjectionHealth(db);
  return {
    sources: sources.map((row) => ({ ...row, behind: Math.max(0, row.headSeq - row.cursorSeq) })),
    poison: poison.map(({ entry, ...row }) => ({ ...row, kind: kindOf(entry) })),
    isPoisonFull: poison.length === shownPoison,
  };
}

/**
 * Reads a source anew from its beginning and puts the result in place. An entry that was set aside is not simply read
 * late: those behind it have changed the same rows since, and would be undone by it.
 */
export async function tryAgain(
  services: Services,
  source: string,
  actorId: string,
): Promise<Result<undefined, 'not_found' | 'temporarily_unavailable'>> {
  try {
    const rebuilt = await rebuildProjection(services, source, { adopt: true });
    if (rebuilt === undefined) return fail('not_found');
    const changed = rebuilt.differences.reduce((sum, { missing, surplus }) => sum + missing.length + surplus.length, 0);
    const facts = { source, entries: rebuilt.seq, rows: changed };
    await audit(services, { action: 'projection.rebuilt', actorId, subjectId: source, facts });
    return ok();
  } catch (error) {
    console.error('projection was not rebuilt', source, error);
    return fail('temporarily_unavailable');
  }
}

function kindOf(entry: string): string {
  const { kind } = JSON.parse(entry) as { kind?: unknown };
  return typeof kind === 'string' ? kind : '';
}
