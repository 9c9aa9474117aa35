import * as v from 'valibot';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from './app-context.ts';

/** Reads a JSON body against a schema. The failure names the field, never the value: input is not echoed. */
export async function parseJson<Schema extends v.GenericSchema>(
  c: AppContext,
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>, 'unsupported_media_type' | 'malformed_request'>> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/json')) return fail('unsupported_media_type');
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return fail('malformed_request', { field: 'body' });
  }
  return parseWith(schema, body);
}

/** Reads a form: repeated fields and files are not what our forms send, and fail the schema. */
export async function parseForm<Schema extends v.GenericSchema>(
  c: AppContext,
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>, 'malformed_request'>> {
  try {
    return parseWith(schema, await c.req.parseBody());
  } catch {
    return fail('malformed_request', { field: 'form' });
  }
}

export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Result<v.InferOutput<Schema>, 'malformed_request'> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return ok(parsed.output);
  return fail('malformed_request', { field: v.getDotPath(parsed.issues[0]) ?? 'body' });
}

const keyShape = /^[\w-]{8,80}$/;

/** The Idempotency-Key header of an unsafe API call. */
export function idempotencyKey(c: AppContext): Result<string, 'idempotency_key_missing'> {
  const key = c.req.header('idempotency-key') ?? '';
  return keyShape.test(key) ? ok(key) : fail('idempotency_key_missing');
}
