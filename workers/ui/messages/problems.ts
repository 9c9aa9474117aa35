import type { Failure } from '#shared/result.ts';
import type { FailureCode } from '#shared/failures.ts';
import { promoProblems } from './promo-problems.ts';
import { transferProblems } from './transfer-problems.ts';

/** What a refusal says to whoever asked: a status for programs, words that say what to do next for people. */
export type Problem = { readonly status: ProblemStatus; readonly title: string; readonly detail: string };
export type ProblemStatus = 400 | 401 | 402 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;

type Facts = Readonly<Record<string, string | number>>;
export type Entry = readonly [status: ProblemStatus, title: string, detail: string | ((facts: Facts) => string)];

/** Exhaustive: a failure code without words does not compile. */
const problems: Readonly<Record<FailureCode, Entry>> = {
  not_found: [404, 'Nothing here', 'There is no page at this address. Check the link, or start from the events list.'],
  method_not_allowed: [405, 'Not that way', 'This address does not answer that method.'],
  malformed_request: [
    400,
    'We could not read that',
    (facts) =>
      `Part of what was sent is missing or malformed${facts['field'] === undefined ? '' : `: ${facts['field']}`}. Correct it and send it again.`,
  ],
  body_too_large: [413, 'That is too much at once', (facts) => `Send less than ${facts['kB'] ?? 64} kB.`],
  unsupported_media_type: [415, 'Unknown format', 'Send JSON with Content-Type: application/json.'],
  cross_site_request: [403, 'Sent from another site', 'Open the page here and send the form from it.'],
  idempotency_key_missing: [
    400,
    'Idempotency-Key is missing',
    'Send an Idempotency-Key header with a fresh random value, and the same value when you retry.',
  ],
  idempotency_key_reused: [
    422,
    'Ordered before with other details',
    'This key came with other content before, and nothing was ordered again. To order once more, press the button again; a program sends a fresh key.',
  ],
  internal_error: [500, 'Our mistake', 'Something broke on our side. Nothing was lost: try again in a moment.'],
  temporarily_unavailable: [503, 'Back in a moment', 'A part of the system does not answer. Try again shortly.'],
  sign_in_required: [401, 'Sign in first', 'Sign in, and you will come back to this page.'],
  not_permitted: [403, 'Not yours to open', 'Your role does not include this. Ask the organiser to add you.'],
  link_expired: [410, 'This link has run out', 'Ask for a new one: it takes a moment.'],
  link_already_used: [410, 'This link was already used', 'Each link opens once. Ask for a new one.'],
  address_taken: [
    409,
    'Another account’s address',
    'You own this address, and another account has it. Sign in with it there, or use another one here.',
  ],
  too_many_requests: [
    429,
    'Too many in a row',
    (facts) =>
      `Try again in ${facts['minutes']} ${facts['minutes'] === 1 ? 'minute' : 'minutes'}. A link that was sent already still works, and so does a passkey.`,
  ],
  code_wrong: [
    422,
    'That is not the code',
    (facts) => `Look at the newest message. ${facts['left']} ${facts['left'] === 1 ? 'try is' : 'tries are'} left.`,
  ],
  code_over: [
    410,
    'This code is over',
    'It was used, tried too often, or is older than ten minutes. Ask for a new one.',
  ],
  codes_stopped: [
    429,
    'Codes are stopped for today',
    'Too many wrong codes were typed for this address. The link in the same message still signs you in.',
  ],
  proof_needed: [401, 'Show that it is you', 'This needs a fresh code or your passkey. It takes a moment.'],
  device_proof_needed: [
    401,
    'Checking this browser',
    'The session is kept in one browser, and this one has not shown its key lately.',
  ],
  device_unconfirmed: [
    403,
    'A new browser',
    'Confirm it from a browser you used before, or with a code: until then it shows no ticket and opens no staff page.',
  ],
  device_key_refused: [401, 'Not the key of this session', 'The session was ended. Sign in again.'],
  passkey_refused: [401, 'That passkey was not accepted', 'Try again, or sign in with a code.'],
  passkey_copied: [
    401,
    'This passkey may have been copied',
    'Its counter went backwards. Sign in with a code, remove the passkey, and add it again.',
  ],
  passkey_question_over: [410, 'That took too long', 'Start again: each attempt is good once, for a few minutes.'],
  role_beyond_yours: [403, 'More than you hold', 'Nobody gives or takes a role that reaches further than their own.'],
  role_own_raise: [403, 'Not for yourself', 'Nobody raises their own role. Ask another owner.'],
  last_owner: [409, 'The last one stays', 'Somebody must hold this role. Give it to another person first.'],
  member_unknown: [409, 'Changed meanwhile', 'That person no longer has this role. Look at the list again.'],
  invitation_for_another: [
    403,
    'Sent to another address',
    'Sign in with the address this invitation was mailed to, and open its link again.',
  ],
  enrolment_over: [
    410,
    'This code is used up',
    'It makes one phone a scanner, within 15 minutes. Ask the organiser for a new one.',
  ],
  pin_unknown: [403, 'No such PIN', 'No colleague has this PIN. Type it again.'],
  pin_refused: [422, 'Not that PIN', 'It is too easy to guess, or not free. Choose other digits.'],
  event_not_on_sale: [404, 'Not on sale', 'This event is not on sale. See what else is on.'],
  event_over: [409, 'This event is over', 'What took place is refunded order by order. Open the order to do so.'],
  dates_invalid: [
    422,
    'These dates do not fit',
    'The event must start at another time than now planned, in the future, and buyers must be able to choose before it starts.',
  ],
  event_cancelled: [410, 'This event was cancelled', 'No tickets can be booked. Existing orders are refunded.'],
  ticket_type_unknown: [404, 'That ticket is gone', 'The organiser no longer offers it. Choose another ticket.'],
  sale_not_open: [409, 'Not on sale yet', (facts) => `${facts['type'] ?? 'This ticket'} is not on sale yet.`],
  sale_closed: [
    409,
    'Sale has closed',
    (facts) => `${facts['type'] ?? 'This ticket'} is no longer sold. Choose another ticket.`,
  ],
  quantity_invalid: [422, 'Choose how many', 'Choose at least one ticket, in whole numbers.'],
  order_limit_exceeded: [
    422,
    'Too many in one order',
    (facts) => `At most ${facts['max']} of ${facts['type']} in one order. Lower the number.`,
  ],
  sold_out: [409, 'Not enough left', soldOut],
  customer_limit_exceeded: [
    409,
    'You have as many as one person may',
    (facts) => `One person may have ${facts['max']} of ${facts['type']}, and ${facts['taken']} are already yours.`,
  ],
  entitlement_needed: [
    403,
    'Not for everybody',
    (facts) =>
      `${facts['type']} is for people who were sent a link to it. Open that link first, or choose another ticket.`,
  ],
  entitlement_used_up: [
    409,
    'All of these were taken',
    (facts) => `Your link to ${facts['type']} is good for ${facts['left']} more. Choose fewer, or another ticket.`,
  ],
  companion_alone: [
    422,
    'A companion comes with somebody',
    (facts) => `Each ${facts['type']} needs a ${facts['main']} in the same order. Add one, or take fewer companions.`,
  ],
  waitlist_not_needed: [409, 'There are tickets', 'Nobody has to wait: tickets are on sale. Go back and choose.'],
  waitlist_unknown: [
    409,
    'This offer is not open',
    'It ran out, or it was made to another address. Use the address you joined the waitlist with, or join again.',
  ],
  hold_unknown: [404, 'No such hold', 'It was never made. Start again from the event page.'],
  hold_expired: [410, 'Time ran out', 'The tickets went back on sale. Start again: they may still be there.'],
  hold_released: [410, 'Let go', 'These tickets went back on sale. Start again from the event page.'],
  hold_not_confirmable: [
    409,
    'Cannot be confirmed',
    'These tickets were refused before. Start again from the event page.',
  ],
  hold_not_releasable: [409, 'Already tickets', 'The tickets were issued. Refund them instead.'],
  device_unknown: [
    404,
    'Not a scanner here',
    'This device is not enrolled for this event. Enrol it with a code from the organiser.',
  ],
  device_revoked: [
    403,
    'This scanner was locked',
    'Nothing more is taken from it. Call the supervisor, and go on with another device.',
  ],
  device_over: [
    403,
    'This scanner’s time is over',
    'It was enrolled for an earlier shift. Enrol it again with a code from the organiser.',
  ],
  scan_log_refused: [
    422,
    'This log was not taken',
    'It was changed after the scanner wrote it, or another key signed it. The scanner keeps it: show it to a supervisor.',
  ],
  incident_unknown: [404, 'No such incident', 'Load the page again: it may be another event’s.'],
  incident_closed: [409, 'Somebody closed it before you', 'Load the page again to see what they said it was.'],
  device_off_duty: [403, 'Nobody is on duty', 'Type your PIN on this scanner first.'],
  too_many_unanswered: [
    429,
    'One moment',
    (facts) =>
      `${facts['max']} scans of this scanner are still being decided. Send this one again when one is answered.`,
  ],
  rules_invalid: [422, 'The rules do not add up', (facts) => `Correct this and publish again: ${facts['problem']}.`],
  rules_conflict: [
    409,
    'Somebody else published',
    'This version exists with other content. Reload and edit the newest.',
  ],
  rules_below_sold: [
    409,
    'Fewer than already sold',
    (facts) =>
      `${facts['stock']} cannot fall to ${facts['capacity']}: ${facts['taken']} are sold or held. Refund first.`,
  ],
  rules_stock_removed: [
    409,
    'Still in use',
    (facts) => `${facts['stock']} cannot be removed: ${facts['taken']} are sold or held. Refund first.`,
  ],
  rules_promise_broken: [
    409,
    'Sold tickets promise more',
    (facts) =>
      `${facts['sold']} sold ${facts['type']} tickets include ${facts['what']}. Keep it, or refund those tickets first.`,
  ],
  rules_draws_changed: [
    409,
    'Already sold as it was',
    (facts) => `${facts['type']} cannot change its pools or group size: ${facts['taken']} are sold or held.`,
  ],
  order_unknown: [404, 'No such order', 'Check the link in your mail, or sign in with the address you booked with.'],
  order_not_open: [409, 'This order has ended', 'Nothing more can be done with it. Start a new one.'],
  order_unsettled: [
    409,
    'An order is still open',
    'Money or tickets of one of your orders are still on their way. Nothing was erased: try again once it has ended.',
  ],
  order_claimed: [
    409,
    'Kept in another account',
    'Somebody added this order to their account before. It opens here as long as this browser has its link.',
  ],
  order_changed: [
    409,
    'The order has changed since',
    'Money went back after this page was drawn. Nothing else was done: look at the order again, then decide.',
  ],
  promo_used_up: [
    409,
    'All used',
    (facts) => `${facts['promo']} has been used as often as it could be. Go on without it.`,
  ],
  promo_limit_exceeded: [
    409,
    'Used already',
    (facts) => `${facts['promo']} can be used ${facts['max']} times by one person. Go on without it.`,
  ],
  payment_declined: [402, 'The payment did not go through', 'Nothing was charged. Try again, or use another card.'],
  tender_invalid: [422, 'This does not add up', 'The ways to pay do not come to the total of the order. Choose again.'],
  balance_too_low: [402, 'Your balance is too low', 'Nothing was charged. Choose another way to pay.'],
  payment_abandoned: [
    410,
    'The payment was not finished',
    'Nothing was charged, and the tickets went back on sale. Try again.',
  ],
  gateway_unreachable: [
    503,
    'The bank does not answer',
    'Nothing was charged. Your tickets are still held: try again in a moment.',
  ],
  webhook_forged: [400, 'Not signed by the gateway', 'The signature does not match. Nothing was changed.'],
  refund_not_allowed: [
    409,
    'Cannot be refunded',
    'The rules it was sold under do not give this back. Ask the organiser.',
  ],
  refund_made_already: [
    409,
    'Refunded already',
    'This has gone back before. The order page shows what, and where the money is.',
  ],
  refund_under_way: [
    409,
    'Another refund is under way',
    'Wait a moment until it is through, then look at the order again.',
  ],
  order_disputed: [
    409,
    'The bank is asking about this payment',
    'Until the card’s bank has decided, nothing of this order can be refunded here.',
  ],
  ticket_used: [
    409,
    'Used already',
    'Somebody went in with it, something was handed out on it, or it is blocked. Ask the organiser if that is news to you.',
  ],
  quote_stale: [409, 'The total has changed', 'Look at the new total below, then confirm again. Nothing was charged.'],
  billing_details_given: [
    409,
    'Details were given already',
    'These documents are made out to somebody already, and what was issued stands. Ask the seller if it is wrong.',
  ],
  seller_changed: [
    409,
    'Somebody was faster',
    'These details were changed meanwhile. Look at them below, then write yours again.',
  ],
  payout_too_large: [
    409,
    'More than is due',
    'So much is not due, or another payout has set it aside already. Look at the sums again.',
  ],
  payout_ended: [409, 'Ended already', 'Somebody has ended this payout. Look at the list again.'],
  currencies_mixed: [
    422,
    'Pay for these separately',
    (facts) => `One order has one currency, and these come in ${facts['currencies']}. Order them one after the other.`,
  ],
  cart_empty: [422, 'Your cart is empty', 'Choose something first.'],
  cart_changed: [
    409,
    'Your cart changed meanwhile',
    'It was changed in another window. Here is how it stands now: nothing else was done.',
  ],
  balance_changed: [
    409,
    'Your balance has changed',
    'Points or money were used or added since. Choose how to pay once more; nothing was charged.',
  ],
  balance_not_yours: [
    403,
    'Points and balance are yours alone',
    'They pay for orders under the address you signed in with. Use that address, or pay by card.',
  ],
  product_unknown: [404, 'That is not sold any more', 'The seller took it off the shelf. Leave it out and go on.'],
  bundle_unknown: [
    404,
    'That bundle is gone',
    'The seller no longer offers it. Its parts may still be sold one by one.',
  ],
  ...promoProblems,
  message_settled: [
    409,
    'Already settled',
    'Somebody else sent this message again, or let it go. Nothing was sent now.',
  ],
  message_not_whole: [
    409,
    'Cannot be sent again',
    'Its code or link was not kept, so that it is never delivered late. Nothing was sent.',
  ],
  ticket_unknown: [404, 'No such ticket', 'Check the link in your mail, or sign in with the address you booked with.'],
  scan_unknown: [404, 'No such scan', 'This scan is not known here. Scan the ticket again.'],
  scan_not_undoable: [409, 'Cannot be taken back', 'Nobody was let in by it, or this ticket was scanned again since.'],
  undo_too_late: [409, 'Too late to take back', 'A scan can be taken back for two minutes. Call the supervisor.'],
  ticket_move_illegal: [
    409,
    'Not possible any more',
    (facts) => `The ticket is ${facts['from']}, and cannot be changed that way.`,
  ],
  ticket_changed: [409, 'This ticket changed meanwhile', 'Nothing was done. Open it again to see how it stands now.'],
  ...transferProblems,
  ticket_on_another_device: [
    409,
    'On another phone',
    'This ticket is shown by another phone. Move it here, and the code over there stops working.',
  ],
  code_not_yet: [409, 'Not yet', 'This ticket shows its code later, so that it cannot be sold on. Open it again then.'],
  activation_unproved: [403, 'Not from this phone', 'This phone could not prove its key. Open the ticket again.'],
  activation_stale: [
    409,
    'Your clock differs',
    'This phone’s clock and ours are minutes apart. Open the ticket again.',
  ],
  activation_replayed: [409, 'Done before', 'This phone bore the ticket once, and another does now. Open it again.'],
  key_ring_full: [
    409,
    'Too many keys',
    (facts) => `An event has at most ${facts['max']} keys. Withdraw the earlier ones.`,
  ],
  gate_unknown: [404, 'No such gate', 'This event has no gate of that name. Choose one from the list.'],
  batch_too_large: [413, 'Too many at once', (facts) => `Send at most ${facts['max']} items in a batch.`],
};

export function problemOf({ code, facts = {} }: Failure): Problem {
  const [status, title, detail] = problems[code];
  return { status, title, detail: typeof detail === 'string' ? detail : detail(facts) };
}

/** RFC 9457 problem details. `type` names the code, and is an identifier rather than a page. */
export function problemDetails(failure: Failure) {
  const { status, title, detail } = problemOf(failure);
  return { type: `urn:expo-ticketing:problem:${failure.code}`, title, status, detail, code: failure.code };
}

function soldOut(facts: Facts): string {
  const left = Number(facts['left'] ?? 0);
  if (left === 0) return `${facts['type'] ?? 'This ticket'} is sold out. See the other tickets on the event page.`;
  return `Only ${left} of ${facts['type']} ${left === 1 ? 'is' : 'are'} left. Lower the number and try again.`;
}
