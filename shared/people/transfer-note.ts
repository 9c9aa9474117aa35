import * as v from 'valibot';
import { nameSchema } from './contact.ts';
import { hasLink } from './link.ts';

export const giverNameMax = 60;
export const transferMessageMax = 280;

/** Control and invisible characters, but for line ends. */
const hidden = /[^\P{Cc}\n]|\p{Cf}/u;
const isPlain = (text: string) => !hidden.test(text) && !hasLink(text);

/** How a giver calls themselves to whoever gets the ticket; it stands in a mail's subject. */
export const giverNameSchema = v.pipe(nameSchema, v.maxLength(giverNameMax), v.check(isPlain));

/**
 * What a giver writes to whoever gets the ticket. It goes out in our mail to an address they choose, so it carries no link: or a
 * free ticket would be a way to send anybody anything in our name.
 */
export const transferMessageSchema = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll(/\r\n?/g, '\n').trim()),
  v.maxLength(transferMessageMax),
  v.check(isPlain),
);
