import { currencies } from '#shared/money/money.ts';
import {
  contactChannels,
  contactPurposes,
  type ContactPreferences,
  type ContactPurpose,
} from '#shared/people/contact-preferences.ts';
import { nameLengthMax } from '#shared/people/contact.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Select } from '#workers/ui/components/select.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { languages } from '#workers/ui/messages/languages.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';

const words = messages.account.profile;
const contact = messages.account.contact;

export type ProfileView = {
  /** As typed, after a refusal; as stored, otherwise. An empty choice is none. */
  readonly name: string;
  readonly locale: string;
  readonly currency: string;
  readonly agreed: Omit<ContactPreferences, 'textVersion'>;
  readonly errors: { readonly name?: string; readonly locale?: string; readonly currency?: string };
  /** Empty when there is none. */
  readonly email: string;
  readonly phone: string;
};

type ProfilePageProps = { viewer: Viewer; profile: ProfileView; isSaved: boolean };

export function ProfilePage({ viewer, profile, isSaved }: ProfilePageProps) {
  return (
    <AccountFrame viewer={viewer} title={words.title} page="profile">
      {isSaved && <Notice title={words.saved} kind="news" />}
      <Reach email={profile.email} phone={profile.phone} />
      <form class="profile" method="post" action={pathTo('accountProfile')}>
        <section>
          <div class="section-head">
            <h2>{words.about}</h2>
          </div>
          <About profile={profile} />
        </section>
        <section>
          <div class="section-head">
            <h2>{contact.title}</h2>
          </div>
          <ContactChoices profile={profile} />
        </section>
        <Button>{words.save}</Button>
      </form>
    </AccountFrame>
  );
}

function About({ profile: { name, locale, currency, errors } }: { profile: ProfileView }) {
  const spoken = languages.map((language) => ({ value: language.locale, label: language.name }));
  const money = currencies.map((code) => ({ value: code, label: code }));
  return (
    <>
      <Field
        name="name"
        label={words.name}
        type="text"
        value={name}
        hint={words.nameHint}
        error={errors.name}
        autocomplete="name"
        maxLength={nameLengthMax}
        isOptional
      />
      <Select
        name="locale"
        label={words.language}
        value={locale}
        options={[{ value: '', label: words.languageOfBrowser }, ...spoken]}
        hint={words.languageHint}
        error={errors.locale}
      />
      <Select
        name="currency"
        label={words.currency}
        value={currency}
        options={[{ value: '', label: words.currencyNone }, ...money]}
        hint={words.currencyHint}
        error={errors.currency}
      />
    </>
  );
}

function Reach({ email, phone }: { email: string; phone: string }) {
  return (
    <section>
      <div class="section-head">
        <h2>{words.reach}</h2>
      </div>
      <dl class="reach">
        <div>
          <dt>{words.email}</dt>
          <dd>{email === '' ? words.none : email}</dd>
          <dd>
            <a
              href={pathTo('accountAddress', { what: 'email' })}
              aria-label={email === '' ? words.addEmail : words.changeEmail}
            >
              {email === '' ? words.add : words.change}
            </a>
          </dd>
        </div>
        <div>
          <dt>{words.phone}</dt>
          <dd>{phone === '' ? words.none : phone}</dd>
          <dd>
            <a
              href={pathTo('accountAddress', { what: 'phone' })}
              aria-label={phone === '' ? words.addPhone : words.changePhone}
            >
              {phone === '' ? words.add : words.change}
            </a>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** A channel that reaches nobody cannot be chosen; what was chosen while it did is taken back with it. */
function ContactChoices({ profile: { agreed, email, phone } }: { profile: ProfileView }) {
  const isReachable = { email: email !== '', sms: phone !== '', push: true };
  return (
    <>
      <div class="consent">
        <h3>{contact.always}</h3>
        <p>{contact.alwaysDetail}</p>
      </div>
      {contactPurposes.map((purpose) => (
        <Choices purpose={purpose} agreed={agreed[purpose]} isReachable={isReachable} />
      ))}
      <p class="small">{contact.consent}</p>
      <p class="small">{contact.needsBrowser}</p>
      {email === '' && <p class="small">{contact.needsEmail}</p>}
      {phone === '' && <p class="small">{contact.needsPhone}</p>}
    </>
  );
}

type Channels = ContactPreferences[ContactPurpose];

function Choices(props: { purpose: ContactPurpose; agreed: Channels; isReachable: Channels }) {
  const { purpose, agreed, isReachable } = props;
  return (
    <fieldset class="consent">
      <legend>{contact.purposes[purpose]}</legend>
      <p>{contact.details[purpose]}</p>
      <div class="choices">
        {contactChannels.map((channel) => (
          <label class="choice">
            <input
              type="checkbox"
              name={`${purpose}_${channel}`}
              value="on"
              checked={agreed[channel] && isReachable[channel]}
              disabled={!isReachable[channel]}
              aria-label={contact.choice(contact.purposes[purpose], contact.channels[channel])}
            />
            {contact.channels[channel]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
