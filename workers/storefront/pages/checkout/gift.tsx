import { giftMessageMax } from '#shared/people/gift.ts';
import { Field } from '#workers/ui/components/field.tsx';
import { TextArea } from '#workers/ui/components/text-area.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { CheckoutView, GiftValues } from '#workers/ui/views.ts';

const words = messages.storefront.checkout.gift;

const nameMax = 120;
const emailMax = 254;

type GiftProps = {
  gift: GiftValues;
  days: CheckoutView['giftDays'];
  errors: CheckoutView['fieldErrors'];
};

/** For somebody else: the fields show once the box is ticked, without a script. */
export function Gift({ gift, days, errors }: GiftProps) {
  return (
    <fieldset class="gift">
      <label class="tick">
        <input type="checkbox" name="gift" checked={gift.isGift} /> {words.is}
      </label>
      <div class="gift-fields">
        <p class="hint">{words.lead}</p>
        <Field
          name="gift_name"
          label={words.name}
          type="text"
          value={gift.name}
          error={errors.gift_name}
          autocomplete="off"
          maxLength={nameMax}
          isOptional
        />
        <Field
          name="gift_email"
          label={words.email}
          type="email"
          value={gift.email}
          error={errors.gift_email}
          autocomplete="off"
          maxLength={emailMax}
          isOptional
        />
        <div class="field">
          <label for="gift_day">{words.day}</label>
          <p class="hint" id="gift_day-hint">
            {words.dayHint}
          </p>
          <input
            id="gift_day"
            name="gift_day"
            type="date"
            min={days.first}
            max={days.last}
            value={gift.day === '' ? days.first : gift.day}
            aria-describedby="gift_day-hint"
            aria-invalid={errors.gift_day === undefined ? undefined : 'true'}
          />
          {errors.gift_day && <p class="error">{errors.gift_day}</p>}
        </div>
        <TextArea
          name="gift_message"
          label={words.message}
          hint={words.messageHint}
          value={gift.message}
          error={errors.gift_message}
          rows={4}
          maxLength={giftMessageMax}
          autocomplete="off"
          isOptional
        />
        <label class="tick">
          <input type="checkbox" name="gift_prices" checked={!gift.hidesPrice} /> {words.prices}
        </label>
      </div>
    </fieldset>
  );
}
