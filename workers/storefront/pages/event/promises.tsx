import { formatMoney } from '#shared/money/money.ts';
import { Prose } from '#workers/ui/components/prose.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView } from '#workers/ui/views.ts';
import { Section } from './section.tsx';

const words = messages.storefront.event;

export function About({ event }: { event: EventView }) {
  return (
    <Section id="about" title={words.about}>
      <p class="summary">{event.summary}</p>
      <Prose text={event.description} />
    </Section>
  );
}

type Inclusion = {
  name: string;
  redeemAt: EventView['offers'][number]['type']['benefits'][number]['redeemAt'];
  product: EventView['products'][number] | undefined;
  ticketNames: string[];
};

/** Benefits of all ticket types, each once, with the tickets that carry it and how many times. */
function inclusionsOf({ offers, products }: EventView): Inclusion[] {
  const found = new Map<string, Inclusion>();
  for (const { type } of offers) {
    for (const { name, quantity, redeemAt, productId } of type.benefits) {
      const key = `${name} ${redeemAt}`;
      const ticketName = quantity > 1 ? words.several(type.name, quantity) : type.name;
      const known = found.get(key);
      if (known !== undefined) known.ticketNames.push(ticketName);
      else {
        const product = products.find(({ id }) => id === productId);
        found.set(key, { name, redeemAt, product, ticketNames: [ticketName] });
      }
    }
  }
  return [...found.values()];
}

export function Included({ event }: { event: EventView }) {
  const inclusions = inclusionsOf(event);
  if (inclusions.length === 0) return null;
  return (
    <Section id="included" title={words.included} aside={words.includedLead}>
      <ul class="tiles">
        {inclusions.map(({ name, redeemAt, product, ticketNames }) => (
          <li>
            {product?.pictureUrl && <img src={product.pictureUrl} alt="" width="160" height="160" loading="lazy" />}
            <h3>{name}</h3>
            {product && <p>{product.description}</p>}
            <p class="small">
              {words.redeemAt[redeemAt]}
              {product && `. ${words.worth(formatMoney(product.price))}`}
            </p>
            <p class="small">
              <b>{words.inTickets(ticketNames.join(', '))}</b>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Rewards({ event }: { event: EventView }) {
  if (event.rewards.length === 0) return null;
  return (
    <Section id="rewards" title={words.rewards}>
      <ul class="tiles">
        {event.rewards.map(({ title, text }) => (
          <li>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
