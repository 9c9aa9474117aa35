import { phoneCountries, type PhoneCountry } from '#shared/access/phone.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Select } from '#workers/ui/components/select.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.account.address;
const emailMax = 254;
const phoneMax = 40;

type FormProps = { viewer: Viewer; typed: string; error: string | undefined };

export function EmailPage({ viewer, typed, error }: FormProps) {
  return (
    <AccountFrame viewer={viewer} title={words.emailTitle} page="profile">
      <p class="summary">{words.emailLead}</p>
      <form class="account-form" method="post" action={pathTo('accountAddress', { what: 'email' })}>
        <Field
          name="address"
          label={words.emailLabel}
          type="email"
          value={typed}
          error={error}
          autocomplete="email"
          maxLength={emailMax}
        />
        <SendOrBack />
      </form>
    </AccountFrame>
  );
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });
const countries = phoneCountries.map(({ code, calling }) => ({
  value: code,
  label: `${countryNames.of(code) ?? code} (+${calling})`,
}));

type PhoneProps = FormProps & {
  country: PhoneCountry;
  /** There is a number, and another way in besides it. */
  mayRemove: boolean;
};

export function PhonePage({ viewer, typed, country, error, mayRemove }: PhoneProps) {
  const action = pathTo('accountAddress', { what: 'phone' });
  return (
    <AccountFrame viewer={viewer} title={words.phoneTitle} page="profile">
      <p class="summary">{words.phoneLead}</p>
      <form class="account-form" method="post" action={action}>
        <Select name="country" label={messages.signIn.country} value={country} options={countries} />
        <Field
          name="address"
          label={words.phoneLabel}
          type="tel"
          value={typed}
          hint={messages.signIn.phoneHint}
          error={error}
          autocomplete="tel"
          maxLength={phoneMax}
        />
        <SendOrBack />
      </form>
      {mayRemove && (
        <form class="account-form" method="post" action={action}>
          <button class="link" name="remove" value="1">
            {words.removePhone}
          </button>
        </form>
      )}
    </AccountFrame>
  );
}

function SendOrBack() {
  return (
    <div class="actions">
      <Button>{words.send}</Button>
      <ButtonLink href={pathTo('accountProfile')} quiet>
        {words.back}
      </ButtonLink>
    </div>
  );
}
