import type { Intent, IntentStatus, Payment } from './payment.ts';

/** An error object as the API answers it: what is wrong, for programs (`code`, `param`) and for people. */
export type Refusal = {
  readonly status: 400 | 401 | 404;
  readonly type: 'invalid_request_error' | 'idempotency_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
};

const invalid = (refusal: Omit<Refusal, 'type' | 'status'> & { status?: Refusal['status'] }): Refusal => ({
  status: 400,
  type: 'invalid_request_error',
  ...refusal,
});

export const refusals = {
  keyMissing: invalid({ status: 401, message: 'You did not provide an API key.' }),
  keyWrong: invalid({ status: 401, message: 'Invalid API Key provided.' }),
  urlUnknown: (method: string, path: string) =>
    invalid({ status: 404, message: `Unrecognized request URL (${method}: ${path}).` }),
  missing: (what: 'checkout.session' | 'payment_intent', id: string) =>
    invalid({ status: 404, code: 'resource_missing', message: `No such ${what}: '${id}'`, param: paramOf[what] }),
  paramMissing: (param: string) =>
    invalid({ code: 'parameter_missing', message: `Missing required param: ${param}.`, param }),
  paramUnknown: (param: string) =>
    invalid({ code: 'parameter_unknown', message: `Received unknown parameter: ${param}`, param }),
  paramInvalid: (param: string) => invalid({ message: `Invalid ${param}`, param }),
  notExpandable: (path: string) => invalid({ message: `This property cannot be expanded (${path}).`, param: 'expand' }),
  expiryTooSoon: invalid({
    message: 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
    param: 'expires_at',
  }),
  expiryTooLate: invalid({
    message: 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
    param: 'expires_at',
  }),
  sessionNotOpen: ({ status }: Payment) =>
    invalid({
      message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${status}.`,
    }),
  intentUnexpected: ({ status }: Intent, done: string, allowed: readonly IntentStatus[]) =>
    invalid({
      code: 'payment_intent_unexpected_state',
      message: `This PaymentIntent could not be ${done} because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`,
    }),
  checkoutOwns: invalid({
    code: 'payment_intent_unexpected_state',
    message: 'You cannot cancel the PaymentIntent of an open Checkout Session. Expire the Checkout Session instead.',
  }),
  nothingCharged: ({ id }: Intent) =>
    invalid({ message: `This PaymentIntent (${id}) does not have a successful charge to refund.` }),
  refundedAlready: (chargeId: string) =>
    invalid({ code: 'charge_already_refunded', message: `Charge ${chargeId} has already been refunded.` }),
  disputed: (chargeId: string) =>
    invalid({ code: 'charge_disputed', message: `Charge ${chargeId} has been charged back; cannot issue a refund.` }),
  refundTooLarge: invalid({
    code: 'amount_too_large',
    message: 'Refund amount is greater than unrefunded amount on charge.',
    param: 'amount',
  }),
  keyReused: (key: string): Refusal => ({
    status: 400,
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  }),
};

const paramOf = { 'checkout.session': 'session', payment_intent: 'intent' } as const;

export function isRefusal(answer: object): answer is Refusal {
  return 'type' in answer && (answer.type === 'invalid_request_error' || answer.type === 'idempotency_error');
}
