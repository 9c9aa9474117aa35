import type { IssuedDocument, UnnumberedDocument } from '#d1/queries/documents.ts';
import { sellerProfilesOf } from '#d1/queries/sellers.ts';
import type { DocumentSeller } from '#shared/documents/billing.ts';
import { platformSeller } from '#shared/documents/compose.ts';
import { kindOf, type DocumentFigures } from '#shared/documents/document.ts';
import type { EpochMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';

type Asked = { readonly figures: DocumentFigures; readonly suppliedAtMs: EpochMs };

/**
 * Rows of documents but for their numbers: what the log said, and its sellers as they are now. Sellers are read before the
 * batch; whoever changes theirs in between finds the change on the next document.
 */
export async function documentRows(
  db: Services['db'],
  asked: readonly Asked[],
  issuedAtMs: EpochMs,
): Promise<UnnumberedDocument[]> {
  const sellers = await sellersOf(
    db,
    asked.map(({ figures }) => figures.sellerId),
  );
  return Promise.all(
    asked.map(async ({ figures, suppliedAtMs }) => {
      const { documentId: id, sellerId, refersTo = null, currency, taxMinor, totalMinor } = figures;
      const seller = sellers.get(sellerId) ?? unknownSeller(sellerId);
      const texts = { figures: JSON.stringify(figures), seller: JSON.stringify(seller) };
      return {
        id,
        sellerId,
        kind: kindOf(figures, seller),
        orderId: orderIdOf(id),
        refersTo,
        currency,
        taxMinor,
        totalMinor,
        ...texts,
        digest: await digestOf(texts),
        suppliedAtMs,
        issuedAtMs,
      };
    }),
  );
}

async function sellersOf(
  db: Services['db'],
  sellerIds: readonly string[],
): Promise<ReadonlyMap<string, DocumentSeller>> {
  const profiles = await sellerProfilesOf(db, sellerIds);
  return new Map([...profiles].map(([id, { version: _version, ...seller }]) => [id, seller]));
}

/** The platform has a name even before anybody wrote it down. */
export function unknownSeller(sellerId: string): DocumentSeller {
  return { legalName: sellerId === platformSeller ? '247GBS Expo' : sellerId, address: '', taxNumber: '' };
}

function orderIdOf(documentId: string): string {
  return documentId.slice(0, documentId.indexOf('/'));
}

/** SHA-256, hexadecimal. */
export async function digestOf({ figures, seller }: Pick<IssuedDocument, 'figures' | 'seller'>): Promise<string> {
  const bytes = new TextEncoder().encode(`${figures}\n${seller}`);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
