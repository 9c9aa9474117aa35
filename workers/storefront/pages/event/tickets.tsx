import { pathTo } from '#workers/routes.ts';
import { Price } from '#workers/ui/components/price.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventView, TicketOffer } from '#workers/ui/views.ts';
import { Extras } from '../extras.tsx';
import { isOnSale, mostPerOrder, sellsNow } from './sale.ts';
import { Section } from './section.tsx';
import { conditionWords, entryWords, refundWords, validityWords } from '#workers/ui/messages/ticket-words.ts';

const words = messages.storefront;

/** Ticket types side by side: the same rows in each, so that the eye can run across. */
export function Tickets({ event }: { event: EventView }) {
  if (event.offers.length === 0) return null;
  const isSelling = sellsNow(event);
  return (
    <Section
      id="tickets"
      title={words.event.tickets}
      aside={isSelling ? words.event.ticketsLead : words.event.noneOnSale}
    >
      <form
        action={pathTo('checkout', { slug: event.slug })}
        data-availability={pathTo('eventAvailability', { slug: event.slug })}
        data-waitlist={
          event.phase === 'ended' || event.phase === 'cancelled' ? undefined : pathTo('waitlist', { slug: event.slug })
        }
      >
        {isSelling && <p class="looking small" hidden data-looking={pathTo('eventLooking', { slug: event.slug })}></p>}
        {shelvesOf(event.offers).map(({ name, offers }) => (
          <>
            {name && <h3>{name}</h3>}
            <ul
              class="offers shelf"
              // With nothing to choose in it, the shelf itself must take the focus, or no key could move it.
              tabindex={isSelling && offers.some(isOnSale) ? undefined : 0}
              aria-label={name ?? words.event.tickets}
            >
              {offers.map((offer) => (
                <Offer offer={offer} event={event} isSelling={isSelling} heading={name ? 'h4' : 'h3'} />
              ))}
            </ul>
          </>
        ))}
        {isSelling && event.extras.length > 0 && (
          <>
            <h3>{words.shop.goesWell}</h3>
            <Extras items={event.extras} />
          </>
        )}
        {isSelling && (
          <div class="offers-foot">
            <p>{words.event.checkOutNote}</p>
            <button class="button">{words.event.checkOut}</button>
            <button
              class="button quiet"
              name="do"
              value="add"
              formmethod="post"
              formaction={`${pathTo('cart')}?event=${event.slug}`}
            >
              {words.event.addToCart}
            </button>
          </div>
        )}
      </form>
    </Section>
  );
}

/** As many as the eye compares at once. More are put on shelves, one for each access level. */
const comparedMax = 8;

function shelvesOf(offers: TicketOffer[]): { name: string | undefined; offers: TicketOffer[] }[] {
  if (offers.length <= comparedMax) return [{ name: undefined, offers }];
  const shelves = Map.groupBy(offers, ({ type }) => type.accessLevel);
  return [...shelves].map(([name, shelf]) => ({ name, offers: shelf }));
}

type OfferProps = { offer: TicketOffer; event: EventView; isSelling: boolean; heading: 'h3' | 'h4' };

function Offer({ offer, event, isSelling, heading: Heading }: OfferProps) {
  const { type } = offer;
  const { timeZone, slug, phase } = event;
  const isWaitable = offer.availability === 'sold_out' && phase !== 'ended' && phase !== 'cancelled';
  return (
    <li class={`offer ${stockOf(type.accessLevel, type.tier)}`} data-offer={type.id}>
      <div class="offer-head">
        <p>{paperWords(type)}</p>
        <Heading>{type.name}</Heading>
        <Price price={offer.price} compareAt={offer.compareAt} />
      </div>
      <p>{type.summary}</p>
      <dl>
        <dt>{words.event.valid}</dt>
        <dd>{validityWords(type.validity, timeZone)}</dd>
        <dt>{words.event.entry}</dt>
        <dd>{entryWords(type)}</dd>
        <dt>{words.event.refunds}</dt>
        <dd>{refundWords(type, timeZone)}</dd>
      </dl>
      <Perks offer={offer} />
      <div class="offer-foot">
        <p class={offer.availability}>{availabilityWords(offer, timeZone)}</p>
        {isSelling && isOnSale(offer) && <Quantity offer={offer} />}
        {isWaitable && (
          <a
            href={`${pathTo('waitlist', { slug })}?type=${type.id}`}
            aria-label={words.waitlist.linkFor(type.name)}
            data-wait
          >
            {words.waitlist.link}
          </a>
        )}
      </div>
    </li>
  );
}

/** The access level, and how the ticket is come by where that is out of the ordinary. */
function paperWords({ accessLevel, category }: TicketOffer['type']): string {
  const isOrdinary = category === 'free' || category === 'paid' || category === 'pass';
  return isOrdinary ? accessLevel : words.event.categorised(accessLevel, words.event.categoryNames[category]);
}

function Perks({ offer: { type } }: { offer: TicketOffer }) {
  return (
    <ul class="perks">
      {type.perks.map((perk) => (
        <li>{perk}</li>
      ))}
      {type.earnsPoints > 0 && <li>{words.event.points(type.earnsPoints)}</li>}
      {conditionWords(type).map((condition) => (
        <li class="but">{condition}</li>
      ))}
    </ul>
  );
}

export function availabilityWords({ availability, left, type }: TicketOffer, timeZone: string): string {
  if (availability === 'few_left' && left !== undefined) return words.availability.left(left);
  if (availability === 'not_yet_on_sale') return words.availability.opens(dayAndTime(type.sale.from, timeZone));
  return words.availability[availability];
}

/** Beyond this a list is longer than typing. */
const listedMax = 12;

function Quantity({ offer }: { offer: TicketOffer }) {
  const { id, name } = offer.type;
  const most = mostPerOrder(offer);
  const label = words.event.quantity(name);
  if (most > listedMax) {
    return <input type="number" name={`q_${id}`} aria-label={label} min="0" max={most} value="0" inputmode="numeric" />;
  }
  return (
    <select name={`q_${id}`} aria-label={label} autocomplete="off">
      {Array.from({ length: most + 1 }, (_, quantity) => (
        <option>{quantity}</option>
      ))}
    </select>
  );
}
