import { pathTo } from '#workers/routes.ts';
import { elementsOf, formTo, headingOf, textOf } from './page-text.ts';
import { expectSeen, need, type Step } from './step.ts';

/** The event whose gates are open on every day this runs, and the poster's link to it. */
const event = { slug: 'open-days', title: 'Open Days at Lantern Yard', entryCode: 'yard-wall' };
const choice = { typeId: 'keep-it-lit', name: 'Keep it lit: supporter entry', price: '£8', quantity: 2 };

/** Steps 1 to 4: from seeing an offer to a filled basket. */
export const findAndChoose: readonly Step[] = [
  {
    number: 1,
    name: 'Customer sees ticket offer',
    async walk({ customer }) {
      const { status, page } = await customer.open(pathTo('home'));
      const offers = elementsOf(page, 'a')
        .filter(({ attributes }) => attributes['href']?.startsWith('/events/'))
        .map(({ inner }) => textOf(inner));
      expectSeen(
        status === 200 && offers.includes(event.title),
        `${status}, ${offers.length} events: ${offers.join('; ')}`,
      );
      return `${status} ${headingOf(page)}: ${offers.length} events, among them ${event.title}`;
    },
  },
  {
    number: 2,
    name: 'Clicks entry link',
    async walk(walk) {
      const link = pathTo('goLink', { code: event.entryCode });
      const { status, path, hops } = await walk.customer.open(link);
      walk.eventPath = pathTo('event', { slug: event.slug });
      expectSeen(status === 200 && path === walk.eventPath, `${link} led by ${hops.join(', ')} to ${status} ${path}`);
      return `${link} answered ${hops.join(', ')}`;
    },
  },
  {
    number: 3,
    name: 'Views ticket page',
    async walk(walk) {
      const { status, page } = await walk.customer.open(need(walk, 'eventPath'));
      const read = textOf(page);
      const shown = ['Tickets', choice.name, choice.price, 'Free', 'Programme', 'Terms', 'Lantern Yard'];
      const missing = shown.filter((part) => !read.includes(part));
      const types = [...page.matchAll(/data-offer="([^"]+)"/g)].map(([, type]) => type);
      expectSeen(status === 200 && missing.length === 0, `${status}, without ${missing.join(', ')}`);
      const pictures = [...page.matchAll(/src="(\/media\/[^"]+)"/g)].map(([, path]) => path ?? '');
      const [picture = ''] = pictures;
      const drawn = await walk.customer.open(picture);
      expectSeen(drawn.status === 200, `its picture ${picture} answered ${drawn.status}`);
      return `${status} ${headingOf(page)}: ${types.length} ticket types (${types.join(', ')}), ${pictures.length} pictures`;
    },
  },
  {
    number: 4,
    name: 'Selects ticket',
    async walk(walk) {
      const { customer } = walk;
      const checkout = pathTo('checkout', { slug: event.slug });
      const { page } = await customer.open(need(walk, 'eventPath'));
      const { fields } = formTo(page, checkout);
      const chosen = await customer.send(
        checkout,
        { ...fields, [`q_${choice.typeId}`]: String(choice.quantity) },
        'get',
      );
      const [receipt = ''] = elementsOf(chosen.page, 'ul').map(({ inner }) => textOf(inner));
      const line = `${choice.quantity} × ${choice.name}`;
      expectSeen(
        chosen.status === 200 && receipt.includes(line),
        `${chosen.status} ${headingOf(chosen.page)}: ${receipt}`,
      );
      walk.checkoutPath = chosen.path;
      return `${chosen.status} ${headingOf(chosen.page)}: ${receipt}`;
    },
  },
];
