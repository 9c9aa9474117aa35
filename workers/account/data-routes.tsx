import { Hono } from 'hono';
import * as v from 'valibot';
import type { Account } from '#d1/queries/account.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { forgetOrder } from '#workers/http/order-access.ts';
import { forgetTicket } from '#workers/http/ticket-access.ts';
import { parseForm } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { signOut, viewerOf } from '#workers/http/session.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { eraseAccount, eraseBlocks, type EraseBlock } from '#workers/operations/erase-account.ts';
import { heldBalances } from '#workers/operations/present-statement.ts';
import { exportAccount } from '#workers/operations/export-account.ts';
import { upcomingEvents } from '#workers/operations/present-account.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import { DataPage } from './pages/data.tsx';
import { ErasedPage, ErasePage, type EraseView } from './pages/erase.tsx';
import { viewersAccount } from './viewers-account.ts';

const words = messages.account.erase;
const fileName = '247gbs-expo-my-data.json';

const eraseSchema = v.object({
  word: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
  gives_up: v.optional(v.string(), ''),
  gives_up_balance: v.optional(v.string(), ''),
});

/** What is held about whoever is signed in: to take along, or to have erased. */
export const personalData = new Hono<AppEnv>()
  .get(routes.accountData, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(<DataPage viewer={viewerOf(c)} />);
  })
  .post(routes.accountExport, async (c) => {
    const stop = requireRecentProof(c, pathTo('accountData'));
    if (stop) return stop;
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const copy = await exportAccount(c.var.services, account);
    return c.body(JSON.stringify(copy, undefined, 2), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    });
  })
  .get(routes.accountErase, async (c) => {
    const stop = requireRecentProof(c, pathTo('accountErase'));
    if (stop) return stop;
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const blocks = await eraseBlocks(c.var.services, account);
    return showErase(c, account, { blocks, typed: '', givesUp: false, givesUpBalance: false, errors: {} }, 200);
  })
  .post(routes.accountErase, async (c) => {
    const stop = requireRecentProof(c, pathTo('accountErase'));
    if (stop) return stop;
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const form = await parseForm(c, eraseSchema);
    if (!form.ok) return refuse(c, form.failure);
    const typed = form.value.word;
    const givesUp = form.value.gives_up === 'on';
    const givesUpBalance = form.value.gives_up_balance === 'on';
    const hasBalance = (await balanceTextsOf(c, account)).length > 0;
    const hasTickets = (await upcomingOf(c, account)).length > 0;
    const errors = {
      ...(typed.trim() === words.word ? {} : { word: words.confirmError(words.word) }),
      ...(hasTickets && !givesUp ? { tickets: words.loseError } : {}),
      ...(hasBalance && !givesUpBalance ? { balance: words.loseBalanceError } : {}),
    };
    const said = { blocks: [], typed, givesUp, givesUpBalance, errors };
    if (Object.keys(errors).length > 0) return showErase(c, account, said, 422);
    const { blocks, orderIds, ticketIds } = await eraseAccount(c.var.services, account);
    if (blocks.length > 0) return showErase(c, account, { ...said, blocks }, 409);
    await leave(c, orderIds, ticketIds);
    c.header('Cache-Control', 'no-store');
    return c.html(<ErasedPage email={account.email ?? ''} />);
  });

async function showErase(
  c: AppContext,
  account: Account,
  said: Omit<EraseView, 'upcoming' | 'isStaff' | 'balances'> & { blocks: readonly EraseBlock[] },
  status: 200 | 409 | 422,
) {
  const isStaff = (c.var.person?.memberships.length ?? 0) > 0;
  const [upcoming, balances] = await Promise.all([upcomingOf(c, account), balanceTextsOf(c, account)]);
  const erase: EraseView = { ...said, isStaff, upcoming, balances };
  c.header('Cache-Control', 'no-store');
  return c.html(<ErasePage viewer={viewerOf(c)} erase={erase} />, status);
}

async function upcomingOf(c: AppContext, account: Account) {
  const { services } = c.var;
  return upcomingEvents(services, await ownerOf(services, { personId: account.id, email: account.email }));
}

/** What would be left behind, as people read it; nothing where there is nothing. */
async function balanceTextsOf(c: AppContext, account: Account): Promise<string[]> {
  const { services } = c.var;
  const { customerId } = await ownerOf(services, { personId: account.id, email: account.email });
  return (await heldBalances(services, customerId)).map(({ unit, minor }) =>
    unit === 'PTS' ? messages.statement.pointsText(minor) : sumText(minor, unit),
  );
}

/** The browser keeps nothing that would open the orders again. */
async function leave(c: AppContext, orderIds: readonly string[], ticketIds: readonly string[]): Promise<void> {
  await signOut(c);
  for (const orderId of orderIds) forgetOrder(c, orderId);
  for (const ticketId of ticketIds) forgetTicket(c, ticketId);
}
