import { and, desc, eq, gt, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { DocumentKind, DocumentRef } from '#shared/documents/document.ts';
import type { Database, Statement } from '../database.ts';
import { documents } from '../schema/index.ts';

export type IssuedDocument = typeof documents.$inferSelect;

/** A document on its way to its number. */
export type UnnumberedDocument = Omit<IssuedDocument, 'number'>;

const columns = [
  ...(['id', 'seller_id', 'kind', 'number', 'order_id', 'refers_to', 'currency', 'tax_minor', 'total_minor'] as const),
  ...(['figures', 'seller', 'digest', 'supplied_at_ms', 'issued_at_ms'] as const),
];

/** Those that the log says: the rest is the number, the day and the seller's particulars, which depend on when it was read. */
export const toldColumns = [
  ...(['id', 'seller_id', 'order_id', 'refers_to', 'currency', 'tax_minor', 'total_minor', 'figures'] as const),
  'supplied_at_ms',
].join(', ');

/** Of a statement: well within what D1 takes as one bound value (2 MB). */
const documentsPerStatement = 200;

/**
 * Statements that give each document the next number of its seller and kind and write it, set-wise: two for each two hundred.
 * Numbers are counted in the statement that writes, D1 has one writer, and a batch that fails leaves none: so there is no gap,
 * whoever reads which log when. One that stands is passed over. Credit notes come after what they take from; about what was
 * sold before documents were written none is.
 */
export function issueDocuments(db: Database, asked: readonly UnnumberedDocument[]): Statement[] {
  const ofSales = asked.filter(({ refersTo }) => refersTo === null);
  const ofRefunds = asked.filter(({ refersTo }) => refersTo !== null);
  return [ofSales, ofRefunds].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / documentsPerStatement) }, (_, part) => {
      const some = all.slice(part * documentsPerStatement, (part + 1) * documentsPerStatement);
      return db.insert(documents).select(numbered(valuesOf(some)));
    }),
  );
}

/**
 * Query: rows of another table of the same columns, those that do not stand yet, each under the next number of its series.
 * `name` is the table that is written.
 */
export function numberedSql(rows: string, name: string): string {
  return `WITH "fresh" AS (
      SELECT * FROM (${rows}) AS "asked" WHERE NOT EXISTS (SELECT 1 FROM ${name} AS "d" WHERE "d"."id" = "asked"."id")
        AND ("refers_to" IS NULL OR EXISTS (SELECT 1 FROM ${name} AS "d" WHERE "d"."id" = "asked"."refers_to"))),
    "series" AS (SELECT "seller_id", "kind", COALESCE(
        (SELECT MAX("d"."number") FROM ${name} AS "d" WHERE "d"."seller_id" = "s"."seller_id" AND "d"."kind" = "s"."kind"), 0)
      AS "last" FROM (SELECT DISTINCT "seller_id", "kind" FROM "fresh") AS "s")
    SELECT ${columns.map((column) => (column === 'number' ? nextNumber : `"fresh"."${column}"`)).join(', ')}
    FROM "fresh" JOIN "series" USING ("seller_id", "kind") ORDER BY 2, 3, 4`;
}

const nextNumber = `"series"."last" + ROW_NUMBER()
      OVER (PARTITION BY "seller_id", "kind" ORDER BY "fresh"."place") AS "number"`;

function numbered(values: string): SQL {
  const taken = columns.filter((column) => column !== 'number');
  const read = taken.map((column, index) => `value->>${index} AS "${column}"`).join(', ');
  const rows = sql.join([sql.raw(`SELECT key AS "place", ${read} FROM json_each(`), sql`${values}`, sql.raw(')')]);
  const [before = '', after = ''] = numberedSql('ROWS', '"documents"').split('ROWS');
  return sql.join([sql.raw(before), rows, sql.raw(after)]);
}

function valuesOf(asked: readonly UnnumberedDocument[]): string {
  const rows = asked.map((row) => {
    const { id, sellerId, kind, orderId, refersTo, currency, taxMinor, totalMinor, figures, seller } = row;
    const money = [currency, taxMinor, totalMinor] as const;
    return [
      id,
      sellerId,
      kind,
      orderId,
      refersTo,
      ...money,
      figures,
      seller,
      row.digest,
      row.suppliedAtMs,
      row.issuedAtMs,
    ];
  });
  return JSON.stringify(rows);
}

/** With the document a credit note takes from. */
export type ListedDocument = {
  readonly document: IssuedDocument;
  readonly takesFrom: Pick<IssuedDocument, 'kind' | 'number'> | null;
};

const earlier = alias(documents, 'earlier');

function listed(db: Database) {
  return db
    .select({ document: documents, takesFrom: { kind: earlier.kind, number: earlier.number } })
    .from(documents)
    .leftJoin(earlier, eq(earlier.id, documents.refersTo));
}

/** Of an order, sales before refunds. Ids begin with the order's: their key is the index. */
export function documentsOfOrder(db: Database, orderId: string): Promise<ListedDocument[]> {
  return listed(db)
    .where(and(gt(documents.id, `${orderId}/`), lt(documents.id, `${orderId}0`)))
    .orderBy(sql`${documents.refersTo} IS NOT NULL`, documents.issuedAtMs, documents.id)
    .limit(orderDocumentsMax);
}

/** An order has a document for each seller, and for each of a few refunds. */
const orderDocumentsMax = 200;

export async function findDocument(
  db: Database,
  { sellerId, kind, number }: DocumentRef,
): Promise<ListedDocument | undefined> {
  const [found] = await listed(db)
    .where(and(eq(documents.sellerId, sellerId), eq(documents.kind, kind), eq(documents.number, number)))
    .limit(1);
  return found;
}

/** A series, newest first. */
export function listDocuments(
  db: Database,
  { sellerId, kind }: { readonly sellerId: string; readonly kind: DocumentKind },
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<ListedDocument[]> {
  const isBefore = before === undefined ? undefined : lt(documents.number, before);
  return listed(db)
    .where(and(eq(documents.sellerId, sellerId), eq(documents.kind, kind), isBefore))
    .orderBy(desc(documents.number))
    .limit(limit);
}
