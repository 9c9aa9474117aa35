import type { SellerProfile } from '#d1/queries/sellers.ts';
import { addressLengthMax, taxNumberLengthMax } from '#shared/documents/billing.ts';
import { platformSeller } from '#shared/documents/compose.ts';
import { nameLengthMax } from '#shared/people/contact.ts';
import type { Seller } from '#workers/operations/seller-profile.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { TextArea } from '#workers/ui/components/text-area.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { Outcome } from './outcome.tsx';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.documents.profile;

export type TypedSeller = SellerProfile;

type SellerPageProps = {
  viewer: Viewer;
  tools: readonly Tool[];
  page: {
    readonly seller: Seller;
    readonly profile: SellerProfile;
    readonly mayEdit: boolean;
    readonly error: string | undefined;
    readonly isSaved: boolean;
  };
};

/** How a seller is named on what it issues from now on. */
export function SellerPage({ viewer, tools, page }: SellerPageProps) {
  const { seller, profile, mayEdit, error, isSaved } = page;
  const businessId = seller.id;
  return (
    <Layout viewer={viewer} title={words.title(seller.name)} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current={businessId === platformSeller ? 'finance' : 'money'} shown={tools} />
        <div class="opening">
          <h1>
            <small>{seller.name}</small>
            {words.kicker}
          </h1>
          <p>{words.lead}</p>
        </div>
      </header>
      <Outcome error={error} notDone={words.notDone} did={isSaved ? words.saved : undefined} />
      {mayEdit ? <Form businessId={businessId} profile={profile} /> : <AsItStands profile={profile} />}
      <p class="money-links">
        <a href={pathTo('studioDocuments', { businessId })}>← {messages.documents.toList}</a>
      </p>
    </Layout>
  );
}

function Form({ businessId, profile }: { businessId: string; profile: SellerProfile }) {
  const { legalName, address, taxNumber, version } = profile;
  return (
    <form class="desk" method="post" action={pathTo('studioSeller', { businessId })}>
      <input type="hidden" name="version" value={version} />
      <Field
        name="legalName"
        label={words.legalName}
        type="text"
        hint={words.legalNameHint}
        value={legalName}
        autocomplete="organization"
        maxLength={nameLengthMax}
      />
      <TextArea
        name="address"
        label={words.address}
        hint={words.addressHint}
        value={address}
        rows={4}
        maxLength={addressLengthMax}
        autocomplete="street-address"
      />
      <Field
        name="taxNumber"
        label={words.taxNumber}
        type="text"
        hint={words.taxNumberHint}
        value={taxNumber}
        autocomplete="off"
        maxLength={taxNumberLengthMax}
        isOptional
      />
      <Button>{words.save}</Button>
    </form>
  );
}

function AsItStands({ profile: { legalName, address, taxNumber } }: { profile: SellerProfile }) {
  return (
    <>
      <address class="billed-to">
        <b>{legalName}</b>
        {address.split('\n').map((line) => (
          <span>{line}</span>
        ))}
        {taxNumber !== '' && <span>{messages.documents.taxNumberOf(taxNumber)}</span>}
      </address>
      <p class="small">{words.readOnly}</p>
    </>
  );
}
