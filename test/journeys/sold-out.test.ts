import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { bookByApi, fillCheckout, newPerson, openDays, orderButton } from '#test/support/journey-steps.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.storefront;
const visitors = useVisitors();

const bench = { id: 'neon-bench', name: 'Neon bending bench, 3 places' };

// I1, and PRD 14.1: three places, four people.
it('tells whoever comes after the last place so, kindly, and at once', async () => {
  const buyer = await visitors.arrive();
  await bookByApi(buyer, { typeId: bench.id });
  await bookByApi(buyer, { typeId: bench.id });

  const late = await visitors.arrive({ screen: 'desktop' });
  const person = newPerson();
  await fillCheckout(late, person, { type: bench.name, quantity: 1 });
  // The last place goes while this person is typing.
  await bookByApi(buyer, { typeId: bench.id });
  const [answer] = await Promise.all([
    late.waitForResponse((response) => response.request().method() === 'POST'),
    orderButton(late).click(),
  ]);

  expect(answer.status()).toBe(409);
  const { title, detail } = problemOf({ code: 'sold_out', facts: { type: bench.name, left: 0 } });
  const told = late.getByRole('alert');
  await told.getByText(title).waitFor();
  expect(await told.innerText()).toContain(detail);
  expect(await late.locator('#name').inputValue()).toBe(person.name);
  expect(await late.locator('#email').inputValue()).toBe(person.email);

  await late.getByRole('link', { name: words.checkout.back }).first().click();
  const offer = late.locator(`[data-offer="${bench.id}"]`);
  await offer.getByText(words.availability.sold_out).waitFor();
  await offer.getByLabel(words.event.quantity(bench.name)).waitFor({ state: 'hidden' });

  const { offers } = (await (await buyer.request.get(pathTo('apiAvailability', { slug: openDays.slug }))).json()) as {
    offers: { typeId: string; availability: string }[];
  };
  expect(offers.find(({ typeId }) => typeId === bench.id)).toMatchObject({ availability: 'sold_out' });
});
