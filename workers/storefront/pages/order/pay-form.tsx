import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.storefront.order;

/** Leads to the bank: to a payment under way if there is one, so that no number of presses makes a second. */
export function PayForm({ orderId, label }: { orderId: string; label: string }) {
  return (
    <form method="post" action={pathTo('orderPay', { orderId })} data-working={words.busy}>
      <button class="button wide">{label}</button>
    </form>
  );
}
