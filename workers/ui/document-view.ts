import type { BillingDetails, DocumentSeller } from '#shared/documents/billing.ts';
import type { DocumentFigures, DocumentKind, TaxSum } from '#shared/documents/document.ts';
import type { EpochMs } from '#shared/time.ts';

/** A document as it was issued, and who its buyer asked to have it made out to. */
export type DocumentView = {
  readonly orderId: string;
  readonly kind: DocumentKind;
  /** Its number as it is printed. */
  readonly text: string;
  /** The order's reference. */
  readonly order: string;
  /** Of a credit note: the number of what it takes from. */
  readonly takesFrom: string | undefined;
  readonly seller: DocumentSeller;
  readonly billing: BillingDetails | undefined;
  readonly figures: DocumentFigures;
  readonly rates: readonly TaxSum[];
  readonly digest: string;
  readonly suppliedAtMs: EpochMs;
  readonly issuedAtMs: EpochMs;
};
