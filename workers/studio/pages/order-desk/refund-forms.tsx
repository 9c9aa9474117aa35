import type { Currency } from '#shared/money/money.ts';
import type { Order } from '#shared/orders/order.ts';
import { amountOf } from '#shared/orders/refund-lines.ts';
import { refundReasons } from '#shared/orders/refund.ts';
import type { LineToRefund } from '#workers/operations/refund-by-organiser.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { PartToRefund } from '../order-desk.tsx';

const words = messages.sellerOrders.refund;
const amountMax = 14;

type FormsProps = { order: Order; part: PartToRefund };

/** Two ways for each event or shop: things are given back, or an amount to please. */
export function RefundForms({ order, part }: FormsProps) {
  const { section, lines } = part;
  const title = section.event?.title ?? section.shop?.name;
  const left = lines.filter(({ quantity, amountMinor }) => quantity > 0 || amountMinor > 0);
  return (
    <section>
      <div class="section-head">
        <h2>{title === undefined ? words.title : words.titleOf(title)}</h2>
        <p>{left.length === 0 ? words.nothing : words.lead}</p>
      </div>
      {left.length > 0 && <LinesForm order={order} part={part} left={left} />}
      {left.some(({ amountMinor }) => amountMinor > 0) && <PleaseForm order={order} part={part} left={left} />}
    </section>
  );
}

type FormProps = FormsProps & { left: readonly LineToRefund[] };

function Hidden({ order, part, index }: FormsProps & { index: 0 | 1 }) {
  return (
    <>
      <input type="hidden" name="key" value={part.freshKeys[index]} />
      <input type="hidden" name="seen" value={String(order.refunds.length)} />
      <input type="hidden" name="of" value={part.section.inventoryId} />
    </>
  );
}

function LinesForm({ order, part, left }: FormProps) {
  const { inventoryId } = part.section;
  const { currency } = order.snapshot;
  const used = left.reduce((sum, line) => sum + line.used.length, 0);
  const feePercent = Math.max(...left.map((line) => line.feePercent));
  return (
    <form
      class="refund-form"
      method="post"
      action={pathTo('studioOrderRefund', { orderId: order.orderId })}
      data-working={messages.storefront.refunding.busy}
    >
      <Hidden order={order} part={part} index={0} />
      {left
        .filter(({ quantity }) => quantity > 0)
        .map((line) => (
          <LineField line={line} currency={currency} mayOverrule={part.mayOverrule} />
        ))}
      {feePercent > 0 && (
        <Choice
          id={`fee-${inventoryId}`}
          name="fee"
          label={words.fee}
          options={[
            ['none', words.feeNone],
            ['kept', words.feeKept(feePercent)],
          ]}
        />
      )}
      <WhereAndWhy of={inventoryId} />
      {part.section.kind === 'shop' && (
        <label class="check">
          <input type="checkbox" name="shelf" value="yes" checked />
          <span>{words.onShelf}</span>
        </label>
      )}
      {used > 0 &&
        (part.mayOverrule ? (
          <label class="check">
            <input type="checkbox" name="used" value="yes" />
            <span>{words.withUsed(used)}</span>
          </label>
        ) : (
          <p>{words.usedThere(used)}</p>
        ))}
      <Button>{words.submit}</Button>
    </form>
  );
}

type LineFieldProps = { line: LineToRefund; currency: Currency; mayOverrule: boolean };

function LineField({ line, currency, mayOverrule }: LineFieldProps) {
  const { lineId, name, kind } = line.line;
  const most = kind === 'ticket' && !mayOverrule ? line.unused.length : line.quantity;
  if (most === 0) return null;
  const options = Array.from({ length: most + 1 }, (_, count): [string, string] => [
    String(count),
    words.option(count, sumText(count === 0 ? 0 : amountOf(line, count), currency)),
  ]);
  return <Choice id={`q-${lineId}`} name={`q_${lineId}`} label={words.howMany(name, most)} options={options} />;
}

function PleaseForm({ order, part, left }: FormProps) {
  const { inventoryId } = part.section;
  const { currency } = order.snapshot;
  const paid = left.filter(({ amountMinor }) => amountMinor > 0);
  const most = Math.max(...paid.map(({ amountMinor }) => amountMinor));
  return (
    <details class="please">
      <summary>{words.pleaseTitle}</summary>
      <form class="refund-form" method="post" action={pathTo('studioOrderRefund', { orderId: order.orderId })}>
        <Hidden order={order} part={part} index={1} />
        <p>{words.pleaseLead}</p>
        <Choice
          id={`line-${inventoryId}`}
          name="line"
          label={words.pleaseLine}
          options={paid.map(({ line, amountMinor }) => [
            line.lineId,
            `${line.name}, ${sumText(amountMinor, currency)}`,
          ])}
        />
        <div class="field">
          <label for={`amount-${inventoryId}`}>{words.amount}</label>
          <p class="hint" id={`amount-${inventoryId}-hint`}>
            {words.amountHint(sumText(most, currency))}
          </p>
          <input
            id={`amount-${inventoryId}`}
            name="amount"
            inputmode="decimal"
            autocomplete="off"
            maxlength={amountMax}
            required
            aria-describedby={`amount-${inventoryId}-hint`}
          />
        </div>
        <WhereAndWhy of={`please-${inventoryId}`} />
        <Button quiet>{words.please}</Button>
      </form>
    </details>
  );
}

function WhereAndWhy({ of }: { of: string }) {
  return (
    <>
      <Choice
        id={`to-${of}`}
        name="to"
        label={words.to}
        options={[
          ['source', words.toSource],
          ['wallet', words.toWallet],
        ]}
      />
      <Choice
        id={`reason-${of}`}
        name="reason"
        label={words.reason}
        options={refundReasons.map((reason) => [reason, words.reasons[reason]])}
      />
    </>
  );
}

type ChoiceProps = { id: string; name: string; label: string; options: readonly (readonly [string, string])[] };

/** Ids apart from names: a page has several of these forms. */
function Choice({ id, name, label, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {options.map(([value, text]) => (
          <option value={value}>{text}</option>
        ))}
      </select>
    </div>
  );
}
