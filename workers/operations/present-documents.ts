import {
  documentsOfOrder,
  findDocument,
  listDocuments,
  type IssuedDocument,
  type ListedDocument,
} from '#d1/queries/documents.ts';
import { billingDetailsOf, billingDetailsOfAll, type SellerProfile } from '#d1/queries/sellers.ts';
import type { BillingDetails, DocumentSeller } from '#shared/documents/billing.ts';
import type { Decider } from '#d1/queries/team.ts';
import {
  numberText,
  taxSums,
  type DocumentFigures,
  type DocumentKind,
  type DocumentRef,
} from '#shared/documents/document.ts';
import { orderReference } from '#shared/ids.ts';
import type { Services } from '#workers/services.ts';
import type { DocumentView } from '#workers/ui/document-view.ts';
import { audit } from './audit.ts';
import { csvOf } from './csv.ts';
import { businessOf } from './seller-profile.ts';
import { digestOf } from './issue-documents.ts';

type Base = Pick<Services, 'db'>;

/** A document in a list. */
export type DocumentRow = Pick<
  IssuedDocument,
  'sellerId' | 'kind' | 'number' | 'currency' | 'taxMinor' | 'totalMinor' | 'issuedAtMs'
> & {
  readonly sellerName: string;
  readonly text: string;
  readonly order: string;
  /** Of a credit note: what it takes from. */
  readonly takesFrom: string | undefined;
};

export type OrderDocuments = {
  readonly rows: readonly DocumentRow[];
  readonly billing: BillingDetails | undefined;
};

export async function orderDocuments({ db }: Base, orderId: string): Promise<OrderDocuments> {
  const [found, billing] = await Promise.all([documentsOfOrder(db, orderId), billingDetailsOf(db, orderId)]);
  return { rows: found.map(rowOf), billing };
}

/** Undefined where there is none. What does not fit its digest is shown to nobody: somebody has been at the database. */
export async function documentView({ db }: Base, ref: DocumentRef): Promise<DocumentView | undefined> {
  const found = await findDocument(db, ref);
  if (found === undefined) return undefined;
  const { document, takesFrom } = found;
  const { orderId, kind, digest, suppliedAtMs, issuedAtMs } = document;
  if ((await digestOf(document)) !== digest) throw new Error(`${document.id} is not what was issued`);
  const figures = JSON.parse(document.figures) as DocumentFigures;
  return {
    orderId,
    kind,
    digest,
    suppliedAtMs,
    issuedAtMs,
    figures,
    text: numberText(document),
    order: orderReference(orderId),
    takesFrom: takesFrom === null ? undefined : numberText(takesFrom),
    seller: sellerOf(document),
    billing: await billingDetailsOf(db, orderId),
    rates: taxSums(figures),
  };
}

export type SeriesView = {
  readonly seller: { readonly id: string; readonly name: string };
  readonly profile: SellerProfile;
  readonly kind: DocumentKind;
  readonly rows: readonly DocumentRow[];
  readonly before: number | undefined;
  readonly olderBefore: number | undefined;
};

const pageRows = 50;
export const exportedDocumentsMax = 5_000;

/** A page of a series, newest first. */
export async function seriesPage(
  { db }: Base,
  of: { readonly sellerId: string; readonly kind: DocumentKind },
  before: number | undefined,
): Promise<Pick<SeriesView, 'rows' | 'olderBefore'>> {
  // One more than is shown: whether there is another page.
  const found = await listDocuments(db, of, { before, limit: pageRows + 1 });
  const shown = found.slice(0, pageRows);
  const last = shown.at(-1)?.document.number;
  return { rows: shown.map(rowOf), olderBefore: found.length > pageRows ? last : undefined };
}

/** First the entry, then the file: what left without a trace could not be called back. Amounts in minor units. */
export async function exportSeries(
  services: Services,
  viewer: Decider,
  { sellerId, kind }: { readonly sellerId: string; readonly kind: DocumentKind },
  before: number | undefined,
): Promise<string> {
  const facts = { series: kind };
  const about = { actorId: viewer.personId, businessId: businessOf(sellerId), subjectId: sellerId, facts };
  await audit(services, { action: 'documents.exported', ...about });
  const found = await listDocuments(services.db, { sellerId, kind }, { before, limit: exportedDocumentsMax });
  const billing = await billingDetailsOfAll(
    services.db,
    found.map(({ document }) => document.orderId),
  );
  return csvOf([exportHead, ...found.map((each) => exportLine(each, billing.get(each.document.orderId)))]);
}

const exportHead =
  'number takes_from issued supplied order currency net tax total rates buyer buyer_tax_number digest'.split(' ');

function exportLine({ document, takesFrom }: ListedDocument, billing: BillingDetails | undefined) {
  const { orderId, currency, taxMinor, totalMinor, issuedAtMs, suppliedAtMs, digest } = document;
  return [
    numberText(document),
    takesFrom === null ? '' : numberText(takesFrom),
    new Date(issuedAtMs).toISOString(),
    new Date(suppliedAtMs).toISOString(),
    orderId,
    currency,
    totalMinor - taxMinor,
    taxMinor,
    totalMinor,
    taxSums(JSON.parse(document.figures) as DocumentFigures)
      .map(
        ({ name, basisPoints = 0, netMinor, taxMinor: ofRate }) =>
          `${name} ${basisPoints / 100}%: ${netMinor} + ${ofRate}`,
      )
      .join('; '),
    billing?.name ?? '',
    billing?.taxNumber ?? '',
    digest,
  ];
}

function rowOf({ document, takesFrom }: ListedDocument): DocumentRow {
  const { sellerId, kind, number, currency, taxMinor, totalMinor, issuedAtMs, orderId } = document;
  return {
    sellerId,
    kind,
    number,
    currency,
    taxMinor,
    totalMinor,
    issuedAtMs,
    sellerName: sellerOf(document).legalName,
    text: numberText(document),
    order: orderReference(orderId),
    takesFrom: takesFrom === null ? undefined : numberText(takesFrom),
  };
}

function sellerOf({ seller }: IssuedDocument): DocumentSeller {
  return JSON.parse(seller) as DocumentSeller;
}
