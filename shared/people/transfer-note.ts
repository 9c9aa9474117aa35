import * as v from 'valibot';
import { mailedMessageSchema, mailedNameSchema } from './mailed-words.ts';

export const giverNameMax = 60;
export const transferMessageMax = 280;

/** How a giver calls themselves to whoever gets the ticket; it stands in a mail's subject. */
export const giverNameSchema = v.pipe(mailedNameSchema, v.maxLength(giverNameMax));

/** What a giver writes to whoever gets the ticket. */
export const transferMessageSchema = mailedMessageSchema(transferMessageMax);
