import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { documentKinds } from '#shared/documents/document.ts';
import { currencies } from '#shared/money/money.ts';

/**
 * Receipts, tax invoices and credit notes: a truth of their own, as the ledger is. What one says comes from a desk's log; its
 * number is given here and nowhere else, in the batch that moves the cursor, and triggers refuse a gap, an edit and a second
 * one under its id.
 */
export const documents = sqliteTable(
  'documents',
  {
    /** Made from what it is about (`shared/documents/document.ts`): begins with the order's id and a slash. */
    id: text().primaryKey(),
    /** A business, or `platform`. */
    sellerId: text().notNull(),
    kind: text({ enum: documentKinds }).notNull(),
    /** 1, 2, 3 … of this seller and kind. */
    number: integer().notNull(),
    orderId: text().notNull(),
    /** Of a credit note: the document it takes from. */
    refersTo: text(),
    currency: text({ enum: currencies }).notNull(),
    taxMinor: integer().notNull(),
    totalMinor: integer().notNull(),
    /** JSON of `DocumentFigures`, as the log told it. */
    figures: text().notNull(),
    /** JSON of the seller's particulars, as they were when it was issued. */
    seller: text().notNull(),
    /** SHA-256 of figures and seller, hexadecimal. */
    digest: text().notNull(),
    /** When the money moved: the tax point. */
    suppliedAtMs: integer().notNull(),
    issuedAtMs: integer().notNull(),
  },
  (t) => [uniqueIndex('documents_by_number').on(t.sellerId, t.kind, t.number)],
);

/** How a seller is named on its documents: by its legal name, which need not be the one people know. */
export const sellerProfiles = sqliteTable('seller_profiles', {
  /** A business, or `platform`. */
  sellerId: text().primaryKey(),
  legalName: text().notNull(),
  /** Lines. */
  address: text().notNull(),
  /** As its country writes it; empty where it is not registered. */
  taxNumber: text().notNull(),
  /** Counts changes: one is written only over the version that its form showed. */
  version: integer().notNull(),
  updatedAtMs: integer().notNull(),
});

/** Who an order's documents are made out to, where its buyer said so. Given once and kept, as tax law asks. */
export const billingDetails = sqliteTable('billing_details', {
  orderId: text().primaryKey(),
  name: text().notNull(),
  address: text().notNull(),
  taxNumber: text().notNull(),
  givenAtMs: integer().notNull(),
});
