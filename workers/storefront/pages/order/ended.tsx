import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { PayForm } from './pay-form.tsx';

/** Orders that did not end in tickets: why, where the money is, and what to do. */

const words = messages.storefront.order;

export function Refused({ order }: { order: OrderView }) {
  return (
    <>
      <Why order={order} />
      <p>{words.refused.detail}</p>
      <p>
        <ToEvent order={order} />
      </p>
    </>
  );
}

/** Its buyer may have the same tickets yet, while there are enough: nothing has to be chosen or typed again. */
export function Released({ order }: { order: OrderView }) {
  return (
    <>
      {order.problem && <p class="summary">{order.problem.detail}</p>}
      <p>{words.released.detail(priceText(order.total))}</p>
      <PayForm order={order} label={words.released.tryAgain} />
      <p class="small">{words.released.nothingTaken}</p>
      <p>
        <ToEvent order={order} />
      </p>
    </>
  );
}

export function Refunding({ order }: { order: OrderView }) {
  return (
    <>
      <p class="summary" role="status">
        {words.refunding.lead(priceText(order.total))}
      </p>
      <Why order={order} />
      <p>{words.refunding.when}</p>
      <p>{words.refunding.nothingToDo}</p>
      <p>
        <ToEvent order={order} />
      </p>
    </>
  );
}

export function Refunded({ order }: { order: OrderView }) {
  return (
    <>
      <p class="summary">{words.refunded.lead(priceText(order.total))}</p>
      <Why order={order} />
      <p>{words.refunded.when}</p>
      <p>
        <ToEvent order={order} />
      </p>
    </>
  );
}

function Why({ order: { problem } }: { order: OrderView }) {
  if (problem === undefined) return null;
  return (
    <p>
      <b>{problem.title}.</b> {problem.detail}
    </p>
  );
}

function ToEvent({ order: { events } }: { order: OrderView }) {
  const [event] = events;
  const href = event === undefined ? pathTo('home') : `${pathTo('event', { slug: event.slug })}#tickets`;
  return (
    <ButtonLink href={href} quiet>
      {event === undefined ? words.toEvents : words.backToEvent}
    </ButtonLink>
  );
}
