import { platformSeller } from '#shared/documents/compose.ts';
import { documentKinds, refText } from '#shared/documents/document.ts';
import type { DocumentView } from '#workers/ui/document-view.ts';
import type { DocumentRow, SeriesView } from '#workers/operations/present-documents.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import { DocumentSheet } from '#workers/ui/pages/document.tsx';
import type { Viewer } from '#workers/ui/viewer.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.documents;

type Staff = { viewer: Viewer; tools: readonly Tool[] };

const toolOf = (sellerId: string): Tool => (sellerId === platformSeller ? 'finance' : 'money');

/** One series of a seller, newest first, as its books want it. */
export function SeriesPage({ viewer, tools, series }: Staff & { series: SeriesView }) {
  const { seller, profile, kind, rows, before, olderBefore } = series;
  const businessId = seller.id;
  const here = pathTo('studioDocuments', { businessId });
  const title = words.studio.title(seller.name);
  return (
    <Layout viewer={viewer} title={title} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current={toolOf(businessId)} shown={tools} />
        <div class="opening">
          <h1>
            <small>{seller.name}</small>
            {words.studio.kicker}
          </h1>
          <p>{words.studio.lead}</p>
        </div>
      </header>
      {profile.taxNumber === '' && <p class="not-well">{words.studio.noTaxNumber}</p>}
      <nav class="studio-pages" aria-label={title}>
        {documentKinds.map((each) => (
          <a href={`${here}?kind=${each}`} aria-current={each === kind ? 'page' : undefined}>
            {words.series[each]}
          </a>
        ))}
        <a href={pathTo('studioSeller', { businessId })}>{words.studio.details}</a>
      </nav>
      <section aria-labelledby="series">
        <div class="section-head">
          <h2 id="series">{words.series[kind]}</h2>
          {rows.length > 0 && (
            <form method="post" action={pathTo('studioDocumentsExport', { businessId })}>
              <input type="hidden" name="kind" value={kind} />
              {before !== undefined && <input type="hidden" name="before" value={before} />}
              <button class="link" title={words.studio.downloadHint}>
                {words.studio.download}
              </button>
            </form>
          )}
        </div>
        {rows.length === 0 ? (
          <p class="empty summary">{words.studio.empty}</p>
        ) : (
          <Rows businessId={businessId} rows={rows} />
        )}
        <p class="account-pages">
          {before !== undefined && <a href={`${here}?kind=${kind}`}>← {words.studio.newest}</a>}
          {olderBefore !== undefined && (
            <a href={`${here}?kind=${kind}&before=${olderBefore}`}>{words.studio.older} →</a>
          )}
        </p>
      </section>
    </Layout>
  );
}

function Rows({ businessId, rows }: { businessId: string; rows: readonly DocumentRow[] }) {
  const { columns } = words;
  return (
    <table class="sums statement">
      <thead>
        <tr>
          <th scope="col">{words.number}</th>
          <th scope="col">{words.order}</th>
          <th scope="col">{words.issued}</th>
          <th scope="col">{columns.tax}</th>
          <th scope="col">{columns.total}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <a href={pathTo('studioDocument', { businessId, document: refText(row) })}>{row.text}</a>
            </th>
            <td>
              <code>{row.order}</code>
              {row.takesFrom !== undefined && ` ${words.takesFrom(row.takesFrom)}`}
            </td>
            <td data-label={words.issued}>
              <time datetime={isoInstant(row.issuedAtMs)}>{shortDayYear(row.issuedAtMs, 'UTC')}</time>
            </td>
            <td data-label={columns.tax}>{sumText(row.taxMinor, row.currency)}</td>
            <td data-label={columns.total} class="is-total">
              {sumText(row.totalMinor, row.currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function DocumentPage({ viewer, tools, document }: Staff & { document: DocumentView }) {
  const { kind, text, figures } = document;
  const businessId = figures.sellerId;
  return (
    <Layout
      viewer={viewer}
      title={`${words.kinds[kind]} ${text}`}
      section="studio"
      isPrivate
      islands={['ui/print.island.js']}
    >
      <header class="studio-head">
        <StudioTools current={toolOf(businessId)} shown={tools} />
      </header>
      <p class="document-back">
        <a href={`${pathTo('studioDocuments', { businessId })}?kind=${kind}`}>← {words.toList}</a>
      </p>
      <DocumentSheet document={document} />
    </Layout>
  );
}
