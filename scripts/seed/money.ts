import type { Miniflare } from 'miniflare';
import { database } from '#d1/database.ts';
import { balancesOf } from '#d1/queries/ledger.ts';
import { formTo } from '#scripts/journey/page-text.ts';
import { Visitor } from '#scripts/journey/visitor.ts';
import { localSetting } from '#scripts/local-settings.ts';
import { needsEntitlement } from '#shared/inventory/rules.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { grant } from '#workers/operations/grants.ts';
import { pathTo } from '#workers/routes.ts';
import { anchorOf, seedContent } from './content/index.ts';
import { demoPeople } from './content/people.ts';

type Seeded = { readonly mf: Miniflare; readonly url: string };

const demoCustomers = demoPeople.filter(({ memberships }) => memberships.length === 0);

/** What each demo customer was given, in words of their statement. */
const gifts = [
  { id: 'seed.welcome-credit', unit: 'GBP', amountMinor: 2_500 },
  { id: 'seed.welcome-points', unit: 'PTS', amountMinor: 1_200 },
] as const;

/** What the demo customer and two others have bought: of an event, the how manieth of the types that cost something. */
const purchases = [
  { name: 'Amara Bellingham', email: 'amara@visitors.example', slug: '247gbs-expo', type: 0, quantity: 2 },
  { name: 'Amara Bellingham', email: 'amara@visitors.example', slug: 'night-ferry-lagos', type: 0, quantity: 1 },
  { name: 'Tobias Quarshie', email: 'tobias@visitors.example', slug: '247gbs-expo', type: 1, quantity: 1 },
  { name: 'Wren Adomako', email: 'wren@visitors.example', slug: 'asaase-weekend-accra', type: 0, quantity: 2 },
] as const;

/**
 * Gives a fresh system some history: credit and points by the operation that gives them, orders by its own pages and the
 * local bank, as anybody's would be. Once: a ledger is not written twice.
 */
export async function seedMoney({ mf, url }: Seeded): Promise<void> {
  if (await hasWelcome(mf)) return;
  for (const purchase of purchases) {
    // A start never fails for a demonstration's sake: without an order some pages are emptier.
    await buy(url, purchase).catch((error: unknown) => console.error('A demo order was not placed:', error));
  }
  // Last, because it is what tells the next start that all of this is done.
  await giveWelcome(mf);
}

/** Credit and points for the demo customers, to pay with. */
export async function giveWelcome(mf: Miniflare): Promise<void> {
  const db = database(await mf.getD1Database('DB'));
  const keeper = demoPeople.find(({ id }) => id === 'per_demo_platform');
  if (keeper === undefined) return;
  for (const { id: personId, email } of demoCustomers) {
    const customerId = await customerIdOf(masterKey(), email);
    for (const { id, ...gift } of gifts) {
      // A grant's id is one customer's.
      await grant({ db, clock: Date.now }, { ...gift, id: `${id}.${personId}`, customerId, actorId: keeper.id });
    }
  }
}

async function hasWelcome(mf: Miniflare): Promise<boolean> {
  const db = database(await mf.getD1Database('DB'));
  const customerId = await customerIdOf(masterKey(), demoCustomers[0]?.email ?? '');
  return (await balancesOf(db, customerId)).points.balance > 0;
}

function masterKey(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(localSetting('MASTER_KEY'), 'base64'));
}

type Purchase = (typeof purchases)[number];

async function buy(origin: string, { name, email, slug, type, quantity }: Purchase): Promise<void> {
  const typeId = buyableTypes(slug)[type]?.id;
  if (typeId === undefined) return;
  const buyer = new Visitor(origin);
  const action = pathTo('checkout', { slug });
  const { page } = await buyer.open(`${action}?q_${typeId}=${quantity}`);
  const { method, fields } = formTo(page, action);
  const bank = await buyer.send(action, { ...fields, name, email }, method);
  if (!bank.path.startsWith('/local/bank/')) throw new Error(`${slug} led to ${bank.status} ${bank.path}`);
  await buyer.send(bank.path, { choice: 'approve' });
}

function buyableTypes(slug: string) {
  const now = Date.now();
  const event = seedContent(anchorOf(now)).events.find((each) => each.event.slug === slug);
  return (event?.rules.ticketTypes ?? []).filter(
    (type) => type.priceMinor > 0 && !needsEntitlement(type) && type.sale.from <= now && now < type.sale.until,
  );
}
