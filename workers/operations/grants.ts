import { clawBackStatements, grantContent, grantStatements, type Grant } from '#d1/queries/ledger-grants.ts';
import { transferFault, type Unit } from '#shared/ledger/transfer.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditStatement } from './audit.ts';

export type GrantRequest = {
  /** Asked again under the same id, nothing more happens; with other content it is refused (I5). */
  readonly id: string;
  readonly customerId: string;
  /** Points, or credit in a currency. */
  readonly unit: Unit;
  /** Positive and whole. */
  readonly amountMinor: number;
  /** Who decides it. */
  readonly actorId: string;
};

type Keeper = Pick<Services, 'db' | 'clock'>;
type Refusal = 'malformed_request' | 'idempotency_key_reused';

/** Gives a customer points or credit, at the platform's cost. What they owe from an earlier claw-back is paid off first. */
export function grant(services: Keeper, request: GrantRequest): Promise<Result<undefined, Refusal>> {
  return carryOut(services, request, 'given');
}

/** Takes back what was given: what is there now, and the rest once there is something again (I4). */
export function clawBack(services: Keeper, request: GrantRequest): Promise<Result<undefined, Refusal>> {
  return carryOut(services, request, 'clawed_back');
}

async function carryOut(
  services: Keeper,
  { actorId, ...asked }: GrantRequest,
  what: 'given' | 'clawed_back',
): Promise<Result<undefined, Refusal>> {
  const { db, clock } = services;
  const made: Grant = { ...asked, atMs: clock() };
  if (isMalformed(made)) return fail('malformed_request');
  const facts = { unit: asked.unit, amount: asked.amountMinor, id: asked.id };
  const action = what === 'given' ? 'balance.granted' : 'balance.clawed_back';
  const recorded = auditStatement(services, { action, actorId, subjectId: asked.customerId, facts });
  const moved = what === 'given' ? grantStatements(db, made) : clawBackStatements(db, made);
  const results = await db.batch([...moved, recorded]);
  const [answer] = results[4];
  return answer?.content === grantContent(made, what) ? ok() : fail('idempotency_key_reused');
}

/** Amounts and ids as the ledger takes them, asked of the transfer it would become. */
function isMalformed({ id, customerId, unit, amountMinor, atMs }: Grant): boolean {
  const [owner, pool] =
    unit === 'PTS'
      ? ([`customer/${customerId}/points`, 'points/issued'] as const)
      : ([`customer/${customerId}/cash/${unit}`, `promotion/platform/${unit}`] as const);
  const move = { transferId: id, debit: pool, credit: owner, amountMinor, unit, cause: 'grant', atMs };
  return !/^[\w.:-]{1,80}$/.test(id) || transferFault(move) !== undefined;
}
