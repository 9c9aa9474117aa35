import * as v from 'valibot';
import { emailSchema } from '../access/address.ts';
import { isSeen } from './unseen.ts';

export const nameLengthMax = 120;

/** What somebody is called. No control or invisible characters: names end up in mail headers and on a steward's screen. */
export const nameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(nameLengthMax), v.check(isSeen));

/** Who buys. */
export const contactSchema = v.object({ name: nameSchema, email: emailSchema });
