import { platformSeller } from '#shared/documents/compose.ts';
import type { DocumentLine, DocumentPart } from '#shared/documents/document.ts';
import type { Currency } from '#shared/money/money.ts';
import type { DocumentView } from '#workers/ui/document-view.ts';
import { isoInstant, shortDayYear } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';

const words = messages.documents;

/** One document as it is printed: A4 on paper, cards on a phone. What stands around it is left off the paper. */
export function DocumentSheet({ document }: { document: DocumentView }) {
  const { kind, seller, billing, figures } = document;
  const { currency, parts, totalMinor } = figures;
  const note = taxNote(parts);
  const isCredit = kind === 'credit_note';
  return (
    <>
      <article class="document">
        <header>
          <h1>{words.kinds[kind]}</h1>
          <Particulars heading={words.seller} name={seller.legalName} address={seller.address}>
            {seller.taxNumber === '' ? words.notRegistered : words.taxNumberOf(seller.taxNumber)}
          </Particulars>
        </header>
        <div class="document-head">
          <Facts document={document} />
          {billing && (
            <Particulars heading={words.billedTo} name={billing.name} address={billing.address}>
              {billing.taxNumber !== '' && words.taxNumberOf(billing.taxNumber)}
            </Particulars>
          )}
        </div>
        {parts.map((part) => (
          <Part part={part} currency={currency} isCredit={isCredit} isTaxed={isTaxed(document)} />
        ))}
        {note && <p class="small">{note}</p>}
        {isTaxed(document) && <Rates document={document} />}
        <p class="document-total">
          <span>{isCredit ? words.credited : words.total}</span>
          <b>{sumText(totalMinor, currency)}</b>
        </p>
        <Ways document={document} />
        <footer>
          <p>{figures.sellerId === platformSeller ? words.own : words.onBehalf(seller.legalName)}</p>
          <p>
            {words.digest} <code>{document.digest}</code>
          </p>
        </footer>
      </article>
      <p class="document-print">
        <button class="button" data-print-page hidden>
          {words.print}
        </button>
        <span class="small">{words.printHow}</span>
      </p>
    </>
  );
}

type ParticularsProps = { heading: string; name: string; address: string; children?: unknown };

function Particulars({ heading, name, address, children }: ParticularsProps) {
  return (
    <address>
      <small>{heading}</small>
      <b>{name}</b>
      {address.split('\n').map((line) => (
        <span>{line}</span>
      ))}
      {children && <span>{children}</span>}
    </address>
  );
}

function Facts({ document }: { document: DocumentView }) {
  const { text, takesFrom, issuedAtMs, suppliedAtMs, order, figures } = document;
  const timeZone = figures.parts[0]?.timeZone ?? 'UTC';
  const day = (at: number) => <time datetime={isoInstant(at)}>{shortDayYear(at, timeZone)}</time>;
  const facts = [
    [words.number, <b>{text}</b>],
    [words.refersTo, takesFrom],
    [words.issued, day(issuedAtMs)],
    [words.supplied, day(suppliedAtMs)],
    [words.order, <code>{order}</code>],
  ] as const;
  return (
    <dl>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

type PartProps = { part: DocumentPart; currency: Currency; isCredit: boolean; isTaxed: boolean };

function Part({ part: { kind, title, startsAtMs, timeZone, lines }, currency, isCredit, isTaxed: hasTax }: PartProps) {
  const { columns } = words;
  const sum = (minor: number) => sumText(minor, currency);
  const hasUnits = !isCredit && lines.some(({ unitMinor }) => unitMinor !== undefined);
  const hasDiscounts = lines.some(({ discountMinor }) => discountMinor > 0);
  return (
    <section>
      <h2>{title ?? (kind === 'wallet' ? words.topUpPart : '')}</h2>
      {startsAtMs !== undefined && <p class="small">{shortDayYear(startsAtMs, timeZone ?? 'UTC')}</p>}
      <table class="sums">
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.quantity}</th>
            {hasUnits && <th scope="col">{columns.unit}</th>}
            {hasDiscounts && <th scope="col">{columns.discount}</th>}
            {hasTax && <th scope="col">{columns.net}</th>}
            {hasTax && <th scope="col">{columns.tax}</th>}
            <th scope="col">{columns.total}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">{nameOf(line)}</th>
              <td data-label={columns.quantity}>{line.quantity === 0 ? '' : line.quantity}</td>
              {hasUnits && <td data-label={columns.unit}>{line.unitMinor === undefined ? '' : sum(line.unitMinor)}</td>}
              {hasDiscounts && (
                <td data-label={columns.discount}>
                  {line.discountMinor === 0 ? '' : words.off(sum(line.discountMinor))}
                </td>
              )}
              {hasTax && <td data-label={columns.net}>{sum(line.netMinor)}</td>}
              {hasTax && <td data-label={columns.tax}>{sum(line.taxMinor)}</td>}
              <td data-label={columns.total} class="is-total">
                {sum(line.netMinor + line.taxMinor)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function nameOf({ what, name }: DocumentLine): string {
  if (what === 'top_up') return words.topUp;
  return what === 'fee' ? words.fee(name) : name;
}

/** Columns of noughts are left out where nothing bears tax. */
function isTaxed({ rates }: DocumentView): boolean {
  return rates.some(({ basisPoints, taxMinor }) => basisPoints !== 0 || taxMinor > 0);
}

/** How the country writes prices, where all that are taxed are taxed alike. */
function taxNote(parts: readonly DocumentPart[]): string | undefined {
  const priced = parts.flatMap(({ lines }) => lines).filter(({ unitMinor }) => unitMinor !== undefined);
  const [note, ...others] = new Set(priced.flatMap(({ tax }) => (tax === undefined ? [] : words[tax.mode](tax.name))));
  return others.length > 0 ? undefined : note;
}

function Rates({ document: { rates, figures } }: { document: DocumentView }) {
  const { currency, netMinor, taxMinor } = figures;
  const { columns } = words;
  return (
    <table class="sums document-rates">
      <caption class="hidden">{words.rates}</caption>
      <thead>
        <tr>
          <th scope="col">{words.rateColumn}</th>
          <th scope="col">{columns.net}</th>
          <th scope="col">{columns.tax}</th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr>
            <th scope="row">{words.rate(rate.name, rate.basisPoints)}</th>
            <td data-label={columns.net}>{sumText(rate.netMinor, currency)}</td>
            <td data-label={columns.tax}>{sumText(rate.taxMinor, currency)}</td>
          </tr>
        ))}
      </tbody>
      {rates.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td data-label={columns.net}>{sumText(netMinor, currency)}</td>
            <td data-label={columns.tax}>{sumText(taxMinor, currency)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Of the whole order, or the whole refund: other sellers' documents have a share of it. */
function Ways({ document: { kind, figures, order } }: { document: DocumentView }) {
  const { ways, currency } = figures;
  return (
    <section class="document-ways">
      <h2>{kind === 'credit_note' ? words.wentBack : words.paidBy(order)}</h2>
      <ul>
        {ways.map(({ by, amountMinor, points = 0 }) => (
          <li>
            <span>{by === 'points' ? words.ways.points(points) : words.ways[by]}</span>
            <span>{sumText(amountMinor, currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
