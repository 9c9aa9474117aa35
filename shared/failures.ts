/**
 * Every way a request can be refused, by its public code. Codes are API: never renamed, never reused.
 * `workers/ui/messages/problems.ts` maps each to a status and to words, and the compiler checks that none is missing.
 */
export const failureCodes = [
  // the request itself
  'not_found',
  'method_not_allowed',
  'malformed_request',
  'body_too_large',
  'unsupported_media_type',
  'cross_site_request',
  'idempotency_key_missing',
  'idempotency_key_reused',
  'internal_error',
  'temporarily_unavailable',
  // people
  'sign_in_required',
  'not_permitted',
  'link_expired',
  'link_already_used',
  'too_many_requests',
  'code_wrong',
  'code_over',
  'codes_stopped',
  'proof_needed',
  'device_proof_needed',
  'device_unconfirmed',
  'device_key_refused',
  'passkey_refused',
  'passkey_copied',
  'passkey_question_over',
  // stock
  'event_not_on_sale',
  'event_cancelled',
  'ticket_type_unknown',
  'sale_not_open',
  'sale_closed',
  'quantity_invalid',
  'order_limit_exceeded',
  'sold_out',
  'customer_limit_exceeded',
  'entitlement_needed',
  'entitlement_used_up',
  'companion_alone',
  'waitlist_not_needed',
  'waitlist_unknown',
  'hold_unknown',
  'hold_expired',
  'hold_released',
  'hold_not_confirmable',
  'hold_not_releasable',
  'gate_unknown',
  'batch_too_large',
  // gate devices
  'device_unknown',
  'device_revoked',
  'device_over',
  'device_off_duty',
  'too_many_unanswered',
  // rules documents
  'rules_invalid',
  'rules_conflict',
  'rules_below_sold',
  'rules_stock_removed',
  'rules_draws_changed',
  'rules_promise_broken',
  // orders
  'order_unknown',
  'order_not_open',
  'quote_stale',
  'payment_declined',
  'payment_abandoned',
  'gateway_unreachable',
  'webhook_forged',
  // messages that could not be delivered
  'message_settled',
  'message_not_whole',
  // tickets
  'ticket_unknown',
  'ticket_move_illegal',
  // admission
  'scan_unknown',
  'scan_not_undoable',
  'undo_too_late',
] as const;

export type FailureCode = (typeof failureCodes)[number];
