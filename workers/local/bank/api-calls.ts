import * as v from 'valibot';
import { unbracket } from './bracket-form.ts';
import type { Terms } from './payment.ts';
import type { EntryQuery } from './payment-store.ts';
import { refusals, type Refusal } from './refusals.ts';
import type { Expansion } from './stripe-objects.ts';

/** What a request asks for, once its path and form have been read. */
export type ApiCall =
  | { readonly do: 'open'; readonly terms: Terms; readonly expiresAtMs: number | undefined }
  | { readonly do: 'list'; readonly limit: number; readonly expand: readonly Expansion[] }
  | { readonly do: 'listDisputes'; readonly intentId: string }
  | { readonly do: 'listEntries'; readonly query: EntryQuery; readonly isWhole: boolean }
  | { readonly do: 'find' | 'expire'; readonly sessionId: string; readonly expand: readonly Expansion[] }
  | {
      readonly do: 'findIntent' | 'capture' | 'cancel';
      readonly intentId: string;
      readonly expand: readonly Expansion[];
    }
  | { readonly do: 'refund'; readonly intentId: string; readonly amountMinor: number | undefined };

const whole = v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number));
const positive = v.pipe(whole, v.minValue(1));
const metadata = v.optional(v.record(v.string(), v.string()), {});
const expand = (...paths: Expansion[]) => v.optional(v.array(v.picklist(paths)), []);
const intentExpand = { expand: expand('latest_charge') };
const sessionExpand = { expand: expand('payment_intent', 'payment_intent.latest_charge') };

const product = v.strictObject({ name: v.pipe(v.string(), v.minLength(1)) });
const price = v.strictObject({
  currency: v.pipe(v.string(), v.regex(/^[a-z]{3}$/)),
  unit_amount: whole,
  product_data: product,
});
const openSchema = v.strictObject({
  mode: v.literal('payment'),
  line_items: v.pipe(v.array(v.strictObject({ quantity: positive, price_data: price })), v.minLength(1)),
  // This bank reserves first and takes later; it has no other way.
  payment_intent_data: v.strictObject({ capture_method: v.literal('manual'), metadata }),
  metadata,
  client_reference_id: v.optional(v.string()),
  success_url: v.pipe(v.string(), v.url()),
  cancel_url: v.optional(v.pipe(v.string(), v.url())),
  expires_at: v.optional(whole),
});
const listSchema = v.strictObject({ limit: v.optional(v.pipe(positive, v.maxValue(100)), '10'), ...intentExpand });
const entriesSchema = v.strictObject({
  limit: v.optional(v.pipe(positive, v.maxValue(100)), '10'),
  starting_after: v.optional(v.string()),
  created: v.optional(v.strictObject({ gte: v.optional(whole), lt: v.optional(whole) }), {}),
  expand: v.optional(v.array(v.literal('data.source')), []),
});
const disputesSchema = v.strictObject({ payment_intent: v.string(), limit: v.optional(positive) });
const cancelSchema = v.strictObject({ cancellation_reason: v.optional(v.string()), ...intentExpand });
const refundSchema = v.strictObject({
  payment_intent: v.string(),
  amount: v.optional(positive),
  reason: v.optional(v.string()),
});

type Form = ReturnType<typeof unbracket>;
type Reader = (id: string, form: Form) => ApiCall | Refusal;

const session = (operation: 'find' | 'expire'): Reader => {
  const schema = v.strictObject(sessionExpand);
  return (sessionId, form) => read(schema, form, (asked) => ({ do: operation, sessionId, expand: asked.expand }));
};
const intent = (operation: 'findIntent' | 'capture' | 'cancel'): Reader => {
  const schema = operation === 'cancel' ? cancelSchema : v.strictObject(intentExpand);
  return (intentId, form) => read(schema, form, (asked) => ({ do: operation, intentId, expand: asked.expand }));
};

const doors: readonly (readonly [method: string, path: RegExp, reader: Reader])[] = [
  ['POST', /^\/v1\/checkout\/sessions$/, (_id, form) => read(openSchema, form, opening)],
  ['GET', /^\/v1\/checkout\/sessions\/(\w+)$/, session('find')],
  ['POST', /^\/v1\/checkout\/sessions\/(\w+)\/expire$/, session('expire')],
  ['GET', /^\/v1\/payment_intents$/, (_id, form) => read(listSchema, form, (asked) => ({ do: 'list', ...asked }))],
  ['GET', /^\/v1\/payment_intents\/(\w+)$/, intent('findIntent')],
  ['POST', /^\/v1\/payment_intents\/(\w+)\/capture$/, intent('capture')],
  ['POST', /^\/v1\/payment_intents\/(\w+)\/cancel$/, intent('cancel')],
  ['GET', /^\/v1\/balance_transactions$/, (_id, form) => read(entriesSchema, form, listing)],
  [
    'GET',
    /^\/v1\/disputes$/,
    (_id, form) => read(disputesSchema, form, (asked) => ({ do: 'listDisputes', intentId: asked.payment_intent })),
  ],
  ['POST', /^\/v1\/refunds$/, (_id, form) => read(refundSchema, form, refunding)],
];

export function readCall(method: string, path: string, form: URLSearchParams): ApiCall | Refusal {
  for (const [known, pattern, reader] of doors) {
    const match = known === method ? pattern.exec(path) : null;
    if (match !== null) return reader(match[1] ?? '', unbracket(form));
  }
  return refusals.urlUnknown(method, path);
}

function opening(asked: v.InferOutput<typeof openSchema>): ApiCall | Refusal {
  const [first] = asked.line_items;
  const currencies = new Set(asked.line_items.map(({ price_data: { currency } }) => currency));
  const amountMinor = asked.line_items.reduce((sum, line) => sum + line.quantity * line.price_data.unit_amount, 0);
  if (first === undefined || currencies.size > 1) return refusals.paramInvalid('line_items');
  if (amountMinor === 0) return refusals.paramInvalid('line_items[0][price_data][unit_amount]');
  const terms: Terms = {
    amountMinor,
    currency: first.price_data.currency,
    title: asked.line_items
      .map(
        ({
          price_data: {
            product_data: { name },
          },
        }) => name,
      )
      .join(', '),
    clientReferenceId: asked.client_reference_id,
    metadata: asked.metadata,
    intentMetadata: asked.payment_intent_data.metadata,
    successUrl: asked.success_url,
    cancelUrl: asked.cancel_url,
  };
  return { do: 'open', terms, expiresAtMs: asked.expires_at === undefined ? undefined : asked.expires_at * 1_000 };
}

function listing({
  limit,
  starting_after: after,
  created,
  expand: wanted,
}: v.InferOutput<typeof entriesSchema>): ApiCall {
  const [fromMs, untilMs] = [(created.gte ?? 0) * 1_000, (created.lt ?? 9e12) * 1_000];
  return { do: 'listEntries', query: { fromMs, untilMs, after, limit }, isWhole: wanted.length > 0 };
}

function refunding({ payment_intent: intentId, amount }: v.InferOutput<typeof refundSchema>): ApiCall {
  return { do: 'refund', intentId, amountMinor: amount };
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  form: Form,
  use: (asked: v.InferOutput<Schema>) => ApiCall | Refusal,
): ApiCall | Refusal {
  const parsed = v.safeParse(schema, form);
  if (parsed.success) return use(parsed.output);
  const [issue] = parsed.issues;
  const path = (v.getDotPath(issue) ?? '').split('.');
  const param = path.map((part, depth) => (depth === 0 ? part : `[${part}]`)).join('');
  if (path[0] === 'expand') return refusals.notExpandable(String(issue.input));
  if (issue.expected === 'never') return refusals.paramUnknown(param);
  return issue.received === 'undefined' ? refusals.paramMissing(param) : refusals.paramInvalid(param);
}

/** Calls that change something: they may carry an Idempotency-Key. */
export function changesSomething(call: ApiCall): boolean {
  return !['find', 'findIntent', 'list', 'listEntries', 'listDisputes'].includes(call.do);
}
