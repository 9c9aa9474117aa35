import type { FailureCode } from '#shared/failures.ts';
import type { Entry } from './problems.ts';

/** Said to whoever opens a transfer's link too late. */
const transferOver: Readonly<Record<string, string>> = {
  accepted: 'Somebody accepted it first. A link opens a ticket for one person.',
  declined: 'It was declined, and the ticket stays with whoever offered it.',
  withdrawn: 'Whoever offered it took it back. Ask them for a new link.',
  void: 'The ticket was refunded meanwhile, and opens no gate any more. Nobody can accept it.',
  expired: 'It was not accepted in time, and the ticket stays with whoever offered it. Ask them for a new link.',
};

/** Refusals about a ticket that passes, or passed, from one to another. */
export const transferProblems = {
  ticket_not_transferable: [
    409,
    'This ticket is yours alone',
    'The organiser does not let tickets of this kind pass to somebody else.',
  ],
  transfer_unknown: [404, 'No such offer', 'Ask whoever offered you the ticket for a new link.'],
  transfer_open: [
    409,
    'Offered already',
    'This ticket is offered to somebody. Take that back first, then offer it again.',
  ],
  transfer_over: [410, 'This offer is over', (facts) => transferOver[String(facts['state'])] ?? ''],
  transfer_for_another: [
    403,
    'Sent to another address',
    'Sign in with the address the ticket was sent to, and open its link again.',
  ],
  transfer_to_self: [409, 'It is yours already', 'A ticket is given to somebody else. This one is yours as it is.'],
  ticket_given_away: [
    409,
    'Not yours to refund any more',
    'You gave one of these tickets away, and whoever accepted it has it now. Ask them to give it back to you first, then refund it.',
  ],
} as const satisfies Partial<Record<FailureCode, Entry>>;
