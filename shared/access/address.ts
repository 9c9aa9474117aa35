import * as v from 'valibot';

/** An email address somebody typed. Strict: it goes into mail headers. */
export const emailSchema = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());
