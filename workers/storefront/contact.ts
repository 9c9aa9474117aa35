import * as v from 'valibot';
import { emailSchema } from '#shared/access/address.ts';

const controlCharacters = /[\p{Cc}\p{Cf}]/u;

/** Who buys. No control or invisible characters: names end up in mail headers and on a steward's screen. */
export const contactSchema = v.object({
  name: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(120),
    v.check((name) => !controlCharacters.test(name)),
  ),
  email: emailSchema,
});
