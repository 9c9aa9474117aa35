import * as v from 'valibot';
import { nameSchema } from '../people/contact.ts';
import { areSeen } from '../people/unseen.ts';

export const addressLengthMax = 300;
const addressLinesMax = 6;

export const taxNumberLengthMax = 30;

const addressText = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll(/\r\n?/g, '\n')),
  v.transform((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n'),
  ),
  v.maxLength(addressLengthMax),
  v.check((text) => areSeen(text) && text.split('\n').length <= addressLinesMax),
);

/** As countries write them: GB 123 4567 89, P051234567X, C0012345678. Empty where there is none. */
const taxNumber = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(taxNumberLengthMax),
  v.regex(/^[A-Za-z0-9 ./-]*$/),
  v.transform((text) => text.toUpperCase()),
);

/** Who an order's documents are made out to. */
export const billingSchema = v.object({ name: nameSchema, address: addressText, taxNumber });

export type BillingDetails = Readonly<v.InferOutput<typeof billingSchema>>;

/** How a seller is named on its documents: a document without an address is no invoice. */
export const sellerSchema = v.object({
  legalName: nameSchema,
  address: v.pipe(addressText, v.minLength(1)),
  taxNumber,
});

/** A seller's particulars as a document keeps them. */
export type DocumentSeller = Readonly<v.InferOutput<typeof sellerSchema>>;
