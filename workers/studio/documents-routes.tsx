import { Hono } from 'hono';
import * as v from 'valibot';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { sellerSchema } from '#shared/documents/billing.ts';
import { documentKinds, readRef } from '#shared/documents/document.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseWith } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { documentView, exportSeries, seriesPage } from '#workers/operations/present-documents.ts';
import { editSeller, mayAtSeller, sellerFor, sellerProfile, type Seller } from '#workers/operations/seller-profile.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { DocumentPage, SeriesPage } from './pages/documents.tsx';
import { SellerPage, type TypedSeller } from './pages/seller.tsx';
import { toolsOf } from './tools-of.ts';

const seriesSchema = v.object({
  kind: v.optional(v.picklist(documentKinds), 'invoice'),
  before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,11}$/), v.transform(Number))),
});
const typed = v.pipe(v.string(), v.maxLength(2_000));
const profileSchema = v.object({
  legalName: typed,
  address: typed,
  taxNumber: typed,
  version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
});

/** What a business, or the platform, wrote about its sales, and how it is named there. */
export const studioDocuments = new Hono<AppEnv>()
  .get(routes.studioDocuments, async (c) => {
    const keeper = await keeperOf(c);
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const asked = parseWith(seriesSchema, c.req.query());
    if (!asked.ok) return refuse(c, asked.failure);
    const { services } = c.var;
    const { person, seller } = keeper;
    const { kind, before } = asked.value;
    const [page, profile] = await Promise.all([
      seriesPage(services, { sellerId: seller.id, kind }, before),
      sellerProfile(services, seller.id),
    ]);
    const series = { seller, profile, kind, before, ...page };
    return c.html(<SeriesPage viewer={viewerOf(c)} tools={toolsOf(person)} series={series} />);
  })
  .post(routes.studioDocumentsExport, async (c) => {
    const keeper = await keeperOf(c);
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const form = await parseForm(c, seriesSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { kind, before } = form.value;
    const { person, seller } = keeper;
    return c.body(await exportSeries(c.var.services, person, { sellerId: seller.id, kind }, before), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${kind.replace('_', '-')}s.csv"`,
    });
  })
  .get(routes.studioDocument, async (c) => {
    const keeper = await keeperOf(c);
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const ref = readRef(c.req.param('document'));
    const document = ref?.sellerId === keeper.seller.id ? await documentView(c.var.services, ref) : undefined;
    if (document === undefined) return refuse(c, fail('not_found').failure);
    return c.html(<DocumentPage viewer={viewerOf(c)} tools={toolsOf(keeper.person)} document={document} />);
  })
  .get(routes.studioSeller, async (c) => {
    const keeper = await keeperOf(c);
    return keeper === undefined ? refuse(c, { code: 'not_permitted' }) : drawSeller(c, keeper, {});
  })
  .post(routes.studioSeller, async (c) => {
    const keeper = await keeperOf(c);
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const form = await parseForm(c, profileSchema);
    if (!form.ok) return refuse(c, form.failure);
    const profile = v.safeParse(sellerSchema, form.value);
    if (!profile.success) return drawSeller(c, keeper, { typed: form.value, error: messages.documents.profile.error });
    const { person, seller } = keeper;
    const { version } = form.value;
    const done = await editSeller(c.var.services, person, seller.id, { ...profile.output, version });
    if (done.ok) return c.redirect(`${pathTo('studioSeller', { businessId: seller.id })}?saved`, 303);
    return drawSeller(c, keeper, { failure: done.failure });
  });

type Keeper = { readonly person: SignedIn; readonly seller: Seller };

/** A seller nobody knows looks like one whose documents they may not see. */
async function keeperOf(c: AppContext): Promise<Keeper | undefined> {
  const { person, services } = c.var;
  const sellerId = c.req.param('businessId') ?? '';
  if (person === undefined || !/^\w{1,64}$/.test(sellerId)) return undefined;
  const seller = await sellerFor(services, person, sellerId);
  return seller && { person, seller };
}

type Refused = { readonly typed?: TypedSeller; readonly error?: string; readonly failure?: Failure };

async function drawSeller(c: AppContext, { person, seller }: Keeper, { typed: asked, error, failure }: Refused) {
  const stored = await sellerProfile(c.var.services, seller.id);
  const problem = failure === undefined ? undefined : problemOf(failure);
  const page = {
    seller,
    // What somebody else wrote meanwhile is shown as it is now, and so is its version.
    profile: { ...stored, ...asked },
    mayEdit: mayAtSeller(person, 'seller.edit', seller.id),
    error: error ?? problem?.detail,
    isSaved: c.req.query('saved') !== undefined,
  };
  const status = error === undefined ? (problem?.status ?? 200) : 422;
  return c.html(<SellerPage viewer={viewerOf(c)} tools={toolsOf(person)} page={page} />, status);
}
