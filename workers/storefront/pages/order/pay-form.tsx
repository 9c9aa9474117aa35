import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { WaysToPay } from '../checkout/ways.tsx';

const words = messages.storefront.order;

type PayFormProps = {
  order: Pick<OrderView, 'orderId' | 'ways'>;
  /** What the button says where there is one way to pay. */
  label: string;
};

/** Leads to the bank: to a payment under way if there is one, so that no number of presses makes a second. */
export function PayForm({ order: { orderId, ways }, label }: PayFormProps) {
  const isChoice = ways.length > 1;
  return (
    <form method="post" action={pathTo('orderPay', { orderId })} data-working={words.busy}>
      {isChoice && <WaysToPay ways={ways} chosen={ways[0]?.value ?? ''} />}
      <button class="button wide">{isChoice ? messages.storefront.checkout.ways.pay : label}</button>
    </form>
  );
}
