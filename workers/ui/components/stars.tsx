import { messages } from '../messages/en.ts';

const most = 5;

/** A rating as bars, which print and scale like the rest; the number is what is read out. */
export function Stars({ rating }: { rating: number }) {
  return (
    <p class="stars" role="img" aria-label={messages.storefront.event.stars(rating)}>
      {Array.from({ length: most }, (_, index) => (
        <i class={index < rating ? 'on' : undefined}></i>
      ))}
    </p>
  );
}
