import { fail, ok, type Result } from '../result.ts';
import { minuteMs, type EpochMs } from '../time.ts';
import { lastGeneration } from './code.ts';
import { stepAt, stepMs } from './steps.ts';

/** A device asks to bear a ticket's live code from now on. */
export type ActivationRequest = {
  readonly ticketId: string;
  /** Its P-256 point, compressed, base64url. */
  readonly holderKey: string;
  /** The key's signature of `activationProofText`, base64url. */
  readonly holderProof: string;
  /** The request's idempotency key, and what makes its proof good for it alone. */
  readonly activationId: string;
  /** When the device signed. */
  readonly step: number;
  /** The generation the device was shown: if the ticket has changed since, its person decides anew. */
  readonly generation: number;
  /** The person said that this device shall bear it instead of the one that does. */
  readonly takesOver: boolean;
};

export type Activation = { readonly generation: number; readonly change: 'none' | 'activate' | 'take_over' };

export type ActivationRefusal =
  | 'ticket_changed'
  | 'ticket_on_another_device'
  | 'activation_stale'
  | 'activation_replayed'
  | 'idempotency_key_reused';

/** As it is, and as the same request was answered before, if it was. */
export type Bearing = {
  readonly generation: number;
  /** The key of the device that bears it. */
  readonly holderKey: string | undefined;
  readonly before: { readonly ticketId: string; readonly holderKey: string; readonly generation: number } | undefined;
};

/** A phone's clock before anybody told it how wrong it is. */
const proofStandsMs = 5 * minuteMs;

/** What a device signs: for this ticket, this request and this time, and nothing else. */
export function activationProofText({
  ticketId,
  activationId,
  step,
}: Pick<ActivationRequest, 'ticketId' | 'activationId' | 'step'>): string {
  return `expo-ticketing/activation/1\n${ticketId}\n${activationId}\n${step}`;
}

/**
 * Decides who bears a ticket. The first device gets it as it is; another one takes it over only where its person says so, and
 * that raises the generation, which ends the first one's codes. Of two at once one wins, and the other is told. A request
 * seen before is answered as before while that still holds, and is refused when the ticket has gone on to another device: a
 * recorded request must not bring it back.
 */
export function activate(
  ticket: Bearing,
  request: Omit<ActivationRequest, 'holderProof'>,
  now: EpochMs,
): Result<Activation, ActivationRefusal> {
  const { generation, holderKey, before } = ticket;
  if (before !== undefined) {
    const isSame = before.ticketId === request.ticketId && before.holderKey === request.holderKey;
    if (!isSame) return fail('idempotency_key_reused');
    const stands = holderKey === request.holderKey && generation === before.generation;
    return stands ? ok({ generation, change: 'none' }) : fail('activation_replayed');
  }
  const driftMs = Math.abs(request.step - stepAt(now)) * stepMs;
  if (!(driftMs <= proofStandsMs)) return fail('activation_stale', { nowMs: now });
  if (holderKey === request.holderKey) return ok({ generation, change: 'none' });
  if (holderKey !== undefined && !request.takesOver) return fail('ticket_on_another_device', { generation });
  if (request.generation !== generation) return fail('ticket_changed', { generation });
  if (holderKey === undefined) return ok({ generation, change: 'activate' });
  if (generation >= lastGeneration) return fail('ticket_changed', { generation });
  return ok({ generation: generation + 1, change: 'take_over' });
}
