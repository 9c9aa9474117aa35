import { formatMoney, money } from '#shared/money/money.ts';
import { minorOfPoints, pointsPerMajor } from '#shared/rewards/points.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { WayToPayView } from '#workers/ui/views.ts';

const words = messages.storefront.checkout.ways;

/** Each way says what it takes from where: nothing is worked out by the reader, or by a script. */
export function WaysToPay({ ways, chosen }: { ways: readonly WayToPayView[]; chosen: string }) {
  const currency = ways[0]?.card.currency;
  const hasPoints = ways.some(({ points }) => points > 0);
  return (
    <fieldset class="ways-to-pay">
      <legend>{words.title}</legend>
      {ways.map((way) => (
        <div class="way">
          <input id={`pay-${way.value}`} type="radio" name="pay" value={way.value} checked={way.value === chosen} />
          <label for={`pay-${way.value}`}>
            {headOf(way)}
            <small>{restOf(way)}</small>
          </label>
        </div>
      ))}
      {hasPoints && currency && (
        <p class="small">{words.rate(pointsPerMajor, formatMoney(money(minorOfPoints(pointsPerMajor), currency)))}</p>
      )}
    </fieldset>
  );
}

function headOf({ points, pointsWorth, balance }: WayToPayView): string {
  const parts = [
    ...(points > 0 ? [words.points(points, formatMoney(pointsWorth))] : []),
    ...(balance.amountMinor > 0 ? [words.balance(formatMoney(balance))] : []),
  ];
  return parts.length === 0 ? words.card : parts.join(words.and);
}

function restOf({ card }: WayToPayView): string {
  return card.amountMinor === 0 ? words.noCard : words.rest(formatMoney(card));
}
