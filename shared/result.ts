import type { FailureCode } from './failures.ts';

/** What a rule answers instead of throwing: a value, or a failure with a stable code. Exceptions are for bugs. */
export type Result<T, C extends FailureCode = FailureCode> = Ok<T> | Failed<C>;

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Failed<C extends FailureCode = FailureCode> = { readonly ok: false; readonly failure: Failure<C> };

/** `facts` are what a message needs to say what to do next: never a personal datum, never a secret. */
export type Failure<C extends FailureCode = FailureCode> = {
  readonly code: C;
  readonly facts?: Readonly<Record<string, string | number>>;
};

export function ok(): Ok<undefined>;
export function ok<T>(value: T): Ok<T>;
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value };
}

export function fail<C extends FailureCode>(code: C, facts?: Readonly<Record<string, string | number>>): Failed<C> {
  return { ok: false, failure: facts === undefined ? { code } : { code, facts } };
}
