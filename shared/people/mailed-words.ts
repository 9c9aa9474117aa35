import * as v from 'valibot';
import { nameSchema } from './contact.ts';
import { hasLink } from './link.ts';
import { areSeen } from './unseen.ts';

/** Joins pictures into one, a family for instance; invisible otherwise. */
const joiner = '\u200D';

/**
 * What somebody writes in a mail that goes out in our name to an address they choose carries no link: or a free ticket would be a
 * way to send anybody anything.
 */
const withoutLinks = v.check((text: string) => !hasLink(text.replaceAll(joiner, '')));

/** A name in such a mail; it may stand in its subject. */
export const mailedNameSchema = v.pipe(nameSchema, withoutLinks);

/** A message in such a mail, in lines that end as a browser or a program ends them. */
export function mailedMessageSchema(lengthMax: number) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.replaceAll(/\r\n?/g, '\n').trim()),
    v.maxLength(lengthMax),
    v.check((text) => areSeen(text.replaceAll(joiner, ''))),
    withoutLinks,
  );
}
