import { endPayout, findPayout, payoutContent, proposePayout } from '#d1/queries/payouts.ts';
import { businessAccount, bankAccount } from '#shared/ledger/accounts.ts';
import { transferFault } from '#shared/ledger/transfer.ts';
import type { Currency } from '#shared/money/money.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditIfChanged } from './audit.ts';

export type PayoutRequest = {
  readonly id: string;
  readonly businessId: string;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly actorId: string;
};

type Keeper = Pick<Services, 'db' | 'clock'>;

/** Sets money of a business aside to be paid out: never more than is due and not set aside already, however many ask at once. */
export async function proposeBusinessPayout(
  services: Keeper,
  { id, businessId, currency, amountMinor, actorId }: PayoutRequest,
): Promise<Result<undefined, 'malformed_request' | 'payout_too_large' | 'idempotency_key_reused'>> {
  const { db, clock } = services;
  const sides = { debit: businessAccount(businessId, currency), credit: bankAccount(currency) };
  const move = { transferId: id, ...sides, amountMinor, unit: currency, cause: 'payout', atMs: clock() };
  if (transferFault(move) !== undefined) return fail('malformed_request');
  const payout = { id, businessId, currency, amountMinor, by: actorId, atMs: clock() };
  const recorded = auditIfChanged(services, {
    action: 'payout.proposed',
    actorId,
    businessId,
    subjectId: id,
    facts: { currency, amount: amountMinor },
  });
  const [, , , [answer]] = await db.batch([...proposePayout(db, payout), recorded]);
  if (answer?.content !== payoutContent(payout)) return fail('idempotency_key_reused');
  return answer.outcome === 'done' ? ok() : fail('payout_too_large');
}

/** Says that the bank did it, or that it will not be done. Ended once: of two who press at once, the first decides. */
export async function endBusinessPayout(
  services: Keeper,
  { id, as, reference, actorId }: { id: string; as: 'paid' | 'withdrawn'; reference: string; actorId: string },
): Promise<Result<undefined, 'not_found' | 'payout_ended'>> {
  const { db, clock } = services;
  const payout = await findPayout(db, id);
  if (payout === undefined) return fail('not_found');
  const end = { id, as, by: actorId, atMs: clock(), reference: reference === '' ? null : reference };
  const recorded = auditIfChanged(services, {
    action: as === 'paid' ? 'payout.paid' : 'payout.withdrawn',
    actorId,
    businessId: payout.businessId,
    subjectId: id,
    facts: { currency: payout.currency, amount: payout.amountMinor },
  });
  const [, ended] = await db.batch([...endPayout(db, payout, end), recorded]);
  return ended.meta.changes > 0 ? ok() : fail('payout_ended');
}
