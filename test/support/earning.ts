import { fresh, transfer, write } from './ledger-d1.ts';
import { newBusiness } from './staff.ts';

/** A business with an event's sale, its refund, and a fee and tax that were not its own. */
export async function earning() {
  const id = await newBusiness();
  const aboutId = id;
  const of = { orderId: fresh('ord'), aboutId };
  const business = `business/${id}/GBP` as const;
  await write([
    transfer({ ...of, debit: 'suspense/orders/GBP', credit: business, amountMinor: 9_000, cause: 'order.earned' }),
    transfer({
      ...of,
      debit: 'suspense/orders/GBP',
      credit: 'fees/platform/GBP',
      amountMinor: 500,
      cause: 'order.earned',
    }),
    transfer({ ...of, debit: 'suspense/orders/GBP', credit: 'tax/GB/GBP', amountMinor: 1_500, cause: 'order.earned' }),
    transfer({ ...of, debit: business, credit: 'refunds/payable/GBP', amountMinor: 2_000, cause: 'refund.decided' }),
    transfer({ ...of, debit: 'tax/GB/GBP', credit: 'refunds/payable/GBP', amountMinor: 400, cause: 'refund.decided' }),
  ]);
  return id;
}

/** What is read of a page, without its markup. */
export const textOf = async (response: Response) =>
  (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
