import { addressLengthMax, taxNumberLengthMax, type BillingDetails } from '#shared/documents/billing.ts';
import { refText } from '#shared/documents/document.ts';
import { nameLengthMax } from '#shared/people/contact.ts';
import type { DocumentRow, OrderDocuments } from '#workers/operations/present-documents.ts';
import type { DocumentView } from '#workers/ui/document-view.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { TextArea } from '#workers/ui/components/text-area.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import { DocumentSheet } from '#workers/ui/pages/document.tsx';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.documents;

export type TypedBilling = { readonly name: string; readonly address: string; readonly taxNumber: string };

type DocumentsView = OrderDocuments & {
  readonly orderId: string;
  readonly isPaidFor: boolean;
  readonly isSaved: boolean;
  /** What was typed and cannot be printed. */
  readonly refused: TypedBilling | undefined;
};

export function OrderDocumentsPage({ viewer, page }: { viewer: Viewer; page: DocumentsView }) {
  const { orderId, rows, billing, isPaidFor, isSaved, refused } = page;
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <div class="documents">
        <h1>{words.title}</h1>
        <p class="summary">{isPaidFor ? words.lead : words.none}</p>
        {isPaidFor && rows.length === 0 && (
          <p role="status">
            {words.soon} <a href={pathTo('orderDocuments', { orderId })}>{words.lookAgain}</a>
          </p>
        )}
        <ul class="document-list">
          {rows.map((row) => (
            <Row orderId={orderId} row={row} />
          ))}
        </ul>
        {isSaved && billing && (
          <p class="did" role="status">
            {words.billing.saved}
          </p>
        )}
        {billing && <Given billing={billing} />}
        {isPaidFor && billing === undefined && <BillingForm orderId={orderId} refused={refused} />}
        <ButtonLink href={pathTo('order', { orderId })} quiet>
          {words.toOrder}
        </ButtonLink>
      </div>
    </Layout>
  );
}

function Row({ orderId, row }: { orderId: string; row: DocumentRow }) {
  const { kind, text, sellerName, totalMinor, currency, issuedAtMs, takesFrom } = row;
  return (
    <li>
      <a href={pathTo('orderDocument', { orderId, document: refText(row) })}>
        <b>
          {words.kinds[kind]} {text}
        </b>
        <span>{words.from(sellerName)}</span>
        <span class="price">
          {kind === 'credit_note' ? words.off(sumText(totalMinor, currency)) : sumText(totalMinor, currency)}
        </span>
        <small>
          <time datetime={isoInstant(issuedAtMs)}>{shortDayYear(issuedAtMs, 'UTC')}</time>
          {takesFrom !== undefined && ' · '}
          {takesFrom !== undefined && <span>{words.takesFrom(takesFrom)}</span>}
        </small>
      </a>
    </li>
  );
}

function Given({ billing: { name, address, taxNumber } }: { billing: BillingDetails }) {
  return (
    <section>
      <p>{words.billing.given}</p>
      <address class="billed-to">
        <b>{name}</b>
        {address.split('\n').map((line) => (
          <span>{line}</span>
        ))}
        {taxNumber !== '' && <span>{words.taxNumberOf(taxNumber)}</span>}
      </address>
    </section>
  );
}

/** Folded away: most people want none of it. Open where something typed was refused. */
function BillingForm({ orderId, refused }: { orderId: string; refused: TypedBilling | undefined }) {
  const { name = '', address = '', taxNumber = '' } = refused ?? {};
  const form = words.billing;
  return (
    <details open={refused !== undefined}>
      <summary>{form.title}</summary>
      <form method="post" action={pathTo('orderDocuments', { orderId })}>
        <p>{form.lead}</p>
        {refused && (
          <p class="error" role="alert">
            {form.error}
          </p>
        )}
        <Field
          name="name"
          label={form.name}
          type="text"
          value={name}
          autocomplete="organization"
          maxLength={nameLengthMax}
        />
        <TextArea
          name="address"
          label={form.address}
          hint={form.addressHint}
          value={address}
          rows={4}
          maxLength={addressLengthMax}
          autocomplete="street-address"
          isOptional
        />
        <Field
          name="taxNumber"
          label={form.taxNumber}
          type="text"
          hint={form.taxNumberHint}
          value={taxNumber}
          autocomplete="off"
          maxLength={taxNumberLengthMax}
          isOptional
        />
        <p class="small">{form.once}</p>
        <Button>{form.submit}</Button>
      </form>
    </details>
  );
}

export function OrderDocumentPage({ viewer, document }: { viewer: Viewer; document: DocumentView }) {
  const { orderId, kind, text } = document;
  return (
    <Layout
      viewer={viewer}
      title={`${words.kinds[kind]} ${text}`}
      section="tickets"
      isPrivate
      islands={['ui/print.island.js']}
    >
      <p class="document-back">
        <a href={pathTo('orderDocuments', { orderId })}>← {words.title}</a>
      </p>
      <DocumentSheet document={document} />
    </Layout>
  );
}
