import type { BalanceState } from '#shared/orders/attempt.ts';
import type { Order } from '#shared/orders/order.ts';
import type { BalanceStep, MoneyStatus, MoneyStep } from '#shared/orders/steps.ts';
import type { BalancePort } from './balance.ts';
import type { PaymentGateway } from './gateway.ts';

/** Takes an order's steps of money to whoever keeps that money. Throws when they do not answer: then nothing is known. */
export type Tenders = (step: MoneyStep, order: Order) => Promise<MoneyStatus>;

export function tenders(card: PaymentGateway, balance: BalancePort): Tenders {
  return async (step, order) => {
    switch (step.do) {
      case 'reserve':
      case 'post':
      case 'unreserve':
      case 'give_back':
        return { balance: await takeAt(balance, step, order) };
      case 'pay_back':
        return card.payBack(step, order);
      default:
        return card.perform(step, order);
    }
  };
}

const operations = { reserve: 'reserve', post: 'post', unreserve: 'unreserve', give_back: 'giveBack' } as const;

function takeAt(balance: BalancePort, { do: operation, attempt }: BalanceStep, order: Order): Promise<BalanceState> {
  const { attemptId, tender } = attempt;
  const { customerId, currency } = order.snapshot;
  return balance[operations[operation]]({ attemptId, orderId: order.orderId, customerId, currency, tender });
}
