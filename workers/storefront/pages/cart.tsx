import { formatMoney } from '#shared/money/money.ts';
import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { receiptWords } from '#workers/ui/messages/receipt-words.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { CartGroup, CartView, SumsView } from '#workers/ui/views.ts';
import { CartItemRow } from './cart/row.tsx';
import { Codes } from './checkout/codes.tsx';

const words = messages.storefront.cart;

/** What was chosen, of however many events: to look over, change, and order. */
export function CartPage({ viewer, cart }: { viewer: Viewer; cart: CartView }) {
  const isEmpty = cart.groups.length === 0 && cart.gone.length === 0;
  return (
    <Layout viewer={viewer} title={words.title} section="cart" isPrivate islands={['storefront/cart.island.js']}>
      <div class="cart">
        <h1>{words.title}</h1>
        {cart.problem && (
          <Notice kind="refusal" title={cart.problem.title} id="problem">
            <p>{cart.problem.detail}</p>
          </Notice>
        )}
        <Told cart={cart} />
        {isEmpty ? <Empty /> : <Filled cart={cart} />}
      </div>
    </Layout>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p class="summary">{words.empty}</p>
      <p>{words.emptyDetail}</p>
      <p>
        <ButtonLink href={pathTo('home')}>{words.toEvents}</ButtonLink>
      </p>
    </div>
  );
}

/** What happened to the cart without its reader doing it. */
function Told({ cart: { gone, cut } }: { cart: CartView }) {
  return (
    <>
      {cut.length > 0 && (
        <Notice kind="news" title={words.cutTitle}>
          <ul>
            {cut.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
      {gone.length > 0 && (
        <Notice kind="news" title={words.goneTitle}>
          <ul>
            {gone.map(({ name }) => (
              <li>{words.gone(name)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function Filled({ cart }: { cart: CartView }) {
  const { groups, version, codes, codeError, isGift } = cart;
  return (
    <form method="post" action={pathTo('cart')} class="cart-form">
      <button class="hidden" name="do" value="update" tabindex={-1} aria-hidden="true"></button>
      <input type="hidden" name="version" value={version} />
      {groups.length > 1 && (
        <Notice kind="news" title={words.separately}>
          <p>{words.separatelyDetail}</p>
        </Notice>
      )}
      {groups.map((group, index) => (
        <div class="cart-group">
          <div class="cart-items">
            {group.parts.map((part) => (
              <Part part={part} />
            ))}
            <p class="cart-update">
              <button class="button quiet" name="do" value="update">
                {words.update}
              </button>
            </p>
          </div>
          <section class="receipt">
            <h2>{messages.storefront.checkout.yourOrder}</h2>
            {index === 0 && <Codes codes={codes} error={codeError} />}
            {group.sums && <Sums sums={group.sums} />}
            {index === 0 && (
              <label class="tick">
                <input type="checkbox" name="gift" checked={isGift} /> {words.gift}
                <small>{words.giftNote}</small>
              </label>
            )}
            <p>
              {group.isReady ? (
                <button class="button wide" name="do" value={`checkout:${group.currency}`}>
                  {words.checkOut}
                </button>
              ) : (
                <span class="error">{words.blocked}</span>
              )}
            </p>
            <p class="small">{words.pricesNote}</p>
          </section>
        </div>
      ))}
    </form>
  );
}

function Part({ part: { event, shop, rows } }: { part: CartGroup['parts'][number] }) {
  return (
    <section class="cart-part">
      {event && (
        <header>
          <img src={event.posterUrl} alt="" width="72" height="96" />
          <div>
            <h2>
              <a href={pathTo('event', { slug: event.slug })}>{event.title}</a>
            </h2>
            <p class="small">
              <EventWhen event={event} />, {event.venueName}, {event.city}
            </p>
          </div>
        </header>
      )}
      {!event && shop && (
        <header>
          <h2>
            <a href={pathTo('business', { slug: shop.slug })}>{words.from(shop.name)}</a>
          </h2>
        </header>
      )}
      <ul>
        {rows.map((row) => (
          <CartItemRow row={row} />
        ))}
      </ul>
    </section>
  );
}

function Sums({ sums }: { sums: SumsView }) {
  const { extras, note } = receiptWords(sums);
  return (
    <>
      {extras.length > 0 && (
        <ul>
          <li>
            <span>{words.sum}</span>
            <span>{formatMoney(sums.listed)}</span>
          </li>
          {extras.map(([name, price]) => (
            <li>
              <span>{name}</span>
              <span>{price}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="receipt-total">
        <span>{messages.storefront.receipt.total}</span>
        <b class="price">{priceText(sums.total)}</b>
      </p>
      {note && <p class="small">{note}</p>}
    </>
  );
}
