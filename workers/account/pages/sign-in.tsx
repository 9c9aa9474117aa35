import { phoneCountries, type PhoneCountry } from '#shared/access/phone.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Hidden } from './hidden.tsx';

const words = messages.signIn;
const emailMax = 254;
const phoneMax = 40;

type SignInPageProps = {
  viewer: Viewer;
  /** What was typed before. */
  email: string;
  error: string | undefined;
  /** A path of this site to go on to. */
  next: string | undefined;
};

const withNext = (path: string, next: string | undefined) =>
  next === undefined ? path : `${path}?${new URLSearchParams({ next }).toString()}`;

export function SignInPage({ viewer, email, error, next }: SignInPageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" islands={['account/passkey.island.js']} isPrivate>
      <div class="desk">
        <h1>{words.title}</h1>
        <p class="summary">{words.lead}</p>
        <form method="post" action={pathTo('signIn')}>
          <Hidden fields={{ next: next ?? '' }} />
          <Field
            name="email"
            label={words.email}
            type="email"
            value={email}
            error={error}
            autocomplete="email webauthn"
            maxLength={emailMax}
          />
          <Button>{words.send}</Button>
        </form>
        <PasskeyButton door={pathTo('signInPasskey')} next={next} label={words.byPasskey} withAutofill />
        <p>
          <a href={withNext(pathTo('signInPhone'), next)}>{words.byPhone}</a>
        </p>
      </div>
    </Layout>
  );
}

type PasskeyButtonProps = {
  /** Where the question comes from and its answer goes. */
  door: string;
  next: string | undefined;
  label: string;
  lost?: boolean;
  withAutofill?: boolean;
};

/** Shown by its island where the browser has passkeys. */
export function PasskeyButton({ door, next, label, lost, withAutofill }: PasskeyButtonProps) {
  return (
    <div
      hidden
      data-passkey={door}
      data-next={next}
      data-lost={lost ? '1' : undefined}
      data-autofill={withAutofill ? '' : undefined}
    >
      <p class="or">{words.or}</p>
      <button class="button quiet" type="button">
        {label}
      </button>
      <p class="error" role="alert"></p>
    </div>
  );
}

type PhonePageProps = {
  viewer: Viewer;
  typed: { phone: string; country: PhoneCountry };
  error: string | undefined;
  next: string | undefined;
};

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

export function PhonePage({ viewer, typed, error, next }: PhonePageProps) {
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <div class="desk">
        <h1>{words.title}</h1>
        <p class="summary">{words.lead}</p>
        <form method="post" action={pathTo('signInPhone')}>
          <Hidden fields={{ next: next ?? '' }} />
          <div class="field">
            <label for="country">{words.country}</label>
            <select id="country" name="country" autocomplete="country">
              {phoneCountries.map(({ code, calling }) => (
                <option value={code} selected={code === typed.country}>
                  {`${countryNames.of(code) ?? code} (+${calling})`}
                </option>
              ))}
            </select>
          </div>
          <Field
            name="phone"
            label={words.phone}
            type="tel"
            hint={words.phoneHint}
            value={typed.phone}
            error={error}
            autocomplete="tel"
            maxLength={phoneMax}
          />
          <Button>{words.sendText}</Button>
        </form>
        <p>
          <a href={withNext(pathTo('signIn'), next)}>{words.byEmail}</a>
        </p>
      </div>
    </Layout>
  );
}
