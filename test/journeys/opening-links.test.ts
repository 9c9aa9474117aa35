import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { newPerson, openDays, orderButton, signInQuickly } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();
const thanks = { id: 'neighbours-thanks', name: 'A neighbour’s thanks' };
const checkout = `${pathTo('checkout', { slug: openDays.slug })}?q_${thanks.id}=1`;

async function fill(page: Page, person = newPerson()): Promise<void> {
  await page.getByLabel(words.checkout.name, { exact: true }).fill(person.name);
  await page.getByLabel(words.checkout.email, { exact: true }).fill(person.email);
  await orderButton(page).click();
}

// PRD 5.1/4, 5.1/5: rewards and referral tickets are for whoever was sent to them.
it('shows a reward to nobody but those who came by its link', async () => {
  const stranger = await visitors.arrive();
  await stranger.goto(pathTo('event', { slug: openDays.slug }));
  expect(await stranger.getByText(thanks.name).count()).toBe(0);
  await stranger.goto(checkout);
  await fill(stranger);
  await stranger.getByText(problemOf({ code: 'entitlement_needed', facts: { type: thanks.name } }).title).waitFor();

  const guest = await visitors.arrive();
  await guest.goto(pathTo('goLink', { code: 'lantern-thanks' }));
  await guest.getByText(thanks.name).first().waitFor();
  // It stays open at the checkout of anything else, until it is taken.
  await guest.goto(`${pathTo('checkout', { slug: openDays.slug })}?q_${openDays.entryId}=1`);
  await guest.getByText(words.checkout.opened(thanks.name)).waitFor();
  await guest.getByRole('link', { name: words.checkout.addOpened }).click();
  await fill(guest);
  await guest.getByRole('heading', { name: words.order.completedTitle }).waitFor();
});

it('makes a link that opens one ticket, once', async () => {
  const owner = await visitors.arrive({ screen: 'desktop' });
  await signInQuickly(owner, 'per_demo_owner');
  await owner.goto(pathTo('studioLinks', { slug: openDays.slug }));
  const linkWords = messages.studio.links;
  await owner.getByLabel(linkWords.label).fill('For the accordion player');
  await owner.getByLabel(linkWords.opens).selectOption({ label: thanks.name });
  await owner.getByLabel(linkWords.opensCount).fill('1');
  await owner.getByRole('button', { name: linkWords.submit }).click();
  const made = owner.getByRole('listitem').filter({ hasText: 'For the accordion player' });
  await made.getByText(linkWords.opensType(thanks.name, 1)).waitFor();
  const address = (await made.locator('.way-address').textContent()) ?? '';
  const path = new URL(/https?:\S+/.exec(address)?.[0] ?? '').pathname;

  const [first, second] = [await visitors.arrive(), await visitors.arrive({ javaScript: false })];
  await first.goto(path);
  await fill(first);
  await first.getByRole('heading', { name: words.order.completedTitle }).waitFor();
  await second.goto(path);
  await fill(second);
  const usedUp = problemOf({ code: 'entitlement_used_up', facts: { type: thanks.name, left: 0 } });
  await second.getByText(usedUp.title).waitFor();
  expect(new URL(second.url()).pathname).toBe(pathTo('checkout', { slug: openDays.slug }));
});
