import type { Currency } from '../money/money.ts';
import type { RefundCause } from '../orders/refund.ts';
import type { QuotedLine, QuotedSection } from '../pricing/quote.ts';
import type { EpochMs } from '../time.ts';

/**
 * What a document says in figures: all of it but its number, its day and its seller's particulars, which whoever issues it
 * adds. It travels in the desk's log with the movement of money it is about, so that every reading of the log asks for the
 * same one; it names no person.
 */
export type DocumentFigures = {
  /** Made from what it is about (`ord_…/sold/biz_…`): asked for again, it is the one that stands. */
  readonly documentId: string;
  readonly about: 'sale' | 'refund';
  /** A business, or `platform`. */
  readonly sellerId: string;
  /** Of a refund: the sale it takes from. */
  readonly refersTo?: string;
  readonly cause?: RefundCause;
  readonly currency: Currency;
  readonly parts: readonly DocumentPart[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** How the whole order was paid, or where the whole refund went: other sellers may have a share of it. */
  readonly ways: readonly DocumentWay[];
};

export type DocumentWay = {
  readonly by: 'card' | 'wallet' | 'points';
  readonly amountMinor: number;
  readonly points?: number;
};

/** What was supplied by one event or shop. */
export type DocumentPart = {
  readonly kind: QuotedSection['kind'];
  readonly inventoryId: string;
  readonly countryCode: string;
  readonly title?: string | undefined;
  readonly startsAtMs?: EpochMs | undefined;
  readonly timeZone?: string | undefined;
  readonly lines: readonly DocumentLine[];
};

/** `netMinor + taxMinor` is what the buyer pays for it, or gets back. */
export type DocumentLine = {
  readonly what: QuotedLine['kind'] | 'fee';
  /** Of what was sold; of a fee, what it was for. */
  readonly name: string;
  /** Zero where money goes back and nothing is taken away for it. */
  readonly quantity: number;
  /** List price of one, tax in it unless the country adds it. Only of what is sold for a price of its own. */
  readonly unitMinor?: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly tax?: QuotedLine['taxRule'];
};

/** Series have a name each and begin at one. */
export const documentKinds = ['invoice', 'receipt', 'credit_note'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/**
 * A tax invoice is what a registered seller writes about a taxed sale; every other sale gets a receipt, so that the series
 * of invoices is the one a tax office asks for.
 */
export function kindOf({ about, parts }: DocumentFigures, seller: { readonly taxNumber: string }): DocumentKind {
  if (about === 'refund') return 'credit_note';
  const isTaxed = parts.some(({ lines }) => lines.some(({ taxMinor, tax }) => taxMinor > 0 || tax !== undefined));
  return isTaxed && seller.taxNumber !== '' ? 'invoice' : 'receipt';
}

export type TaxSum = {
  readonly name: string;
  /** Undefined in documents about orders from before lines said it. */
  readonly basisPoints: number | undefined;
  readonly netMinor: number;
  readonly taxMinor: number;
};

/** Net and tax by rate, in the order in which lines name them; what bears no tax comes as a rate of its own. */
export function taxSums({ parts }: Pick<DocumentFigures, 'parts'>): TaxSum[] {
  const lines = parts.flatMap((part) => part.lines);
  const byRate = Map.groupBy(lines, ({ tax, taxMinor }) =>
    tax === undefined ? (taxMinor > 0 ? '?' : '') : `${tax.name} ${tax.basisPoints}`,
  );
  return [...byRate].map(([rate, of]) => {
    const tax = of[0]?.tax;
    const basisPoints = rate === '' ? 0 : tax?.basisPoints;
    const sum = (amountOf: (line: DocumentLine) => number) => of.reduce((all, line) => all + amountOf(line), 0);
    return {
      name: tax?.name ?? '',
      basisPoints,
      netMinor: sum(({ netMinor }) => netMinor),
      taxMinor: sum(({ taxMinor }) => taxMinor),
    };
  });
}

const prefixes: Readonly<Record<DocumentKind, string>> = { invoice: 'INV', receipt: 'REC', credit_note: 'CRN' };

/** As it is printed: `INV-000042`. Unique with its seller. */
export function numberText({ kind, number }: { readonly kind: DocumentKind; readonly number: number }): string {
  return `${prefixes[kind]}-${String(number).padStart(6, '0')}`;
}

export type DocumentRef = { readonly kind: DocumentKind; readonly sellerId: string; readonly number: number };

/** As it stands in an address: `invoice-biz_loomhouse-42`. */
export function refText({ kind, sellerId, number }: DocumentRef): string {
  return `${kind}-${sellerId}-${number}`;
}

const refShape = new RegExp(`^(${documentKinds.join('|')})-(\\w{1,64})-([1-9]\\d{0,11})$`);

export function readRef(text: string): DocumentRef | undefined {
  const [, kind, sellerId = '', number] = refShape.exec(text) ?? [];
  return kind === undefined ? undefined : { kind: kind as DocumentKind, sellerId, number: Number(number) };
}
