import { describe, expect, it } from 'vitest';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import {
  bigKettle,
  galleryBridge,
  lampRoomDoor,
  laneGate,
  openGate,
  press,
  scan,
  setDirection,
  steward as kit,
  supervisor as ifeoma,
  ticketInHand,
} from '#test/support/journey-gate.ts';
import { bookByApi, newPerson, openDays, signInQuickly } from '#test/support/journey-steps.ts';
import { orderReference } from '#shared/ids.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.gate;
const visitors = useVisitors();

async function staffAt(options: VisitorOptions, gateId: string = laneGate.id, personId: string = kit.id) {
  const page = await visitors.arrive(options);
  await signInQuickly(page, personId);
  await openGate(page, gateId);
  return page;
}

async function ticket(typeId: string = openDays.entryId) {
  return ticketInHand(await visitors.arrive(), { typeId });
}

const ways: [string, VisitorOptions][] = [
  ['with its island', { screen: 'phone' }],
  ['without JavaScript', { screen: 'phone', javaScript: false }],
];

// PRD 9.1/4, 9.1/5, 9.2, 9.3/2, 10.3: what a steward does beyond scanning.
describe.each(ways)('the gate %s', (_way, options) => {
  it('lets in part of the way, and names which part', async () => {
    const { code } = await ticket();
    const page = await staffAt(options, galleryBridge.id);
    const answer = await scan(page, code);
    expect(answer).toMatchObject({ outcome: 'partial', word: words.outcomes.partial });
    expect(answer.facts).toContain(words.opensZones('The yard and market'));
    expect(answer.facts).toContain(words.withheldZones('Makers’ loft'));
  });

  it('counts people out and in again, and goes on counting the way it was set', async () => {
    const { code } = await ticket('yard-regular');
    const page = await staffAt(options);
    expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
    expect(await scan(page, code)).toMatchObject({ says: words.reasons.already_inside.says });
    await setDirection(page, 'out');
    expect(await scan(page, code)).toMatchObject({ word: words.reasons.exited.word });
    expect(await page.getByRole('radio', { name: words.direction.out, exact: true }).isChecked()).toBe(true);
    expect(await scan(page, code)).toMatchObject({ says: words.reasons.not_inside.says });
    await setDirection(page, 'in');
    expect(await scan(page, code)).toMatchObject({ outcome: 'grant', word: words.outcomes.grant });
  });

  it('asks for the name on the ticket, and lets in once it is right', async () => {
    const { code } = await ticket('night-kettle-shift');
    const page = await staffAt(options);
    const asked = await scan(page, code);
    expect(asked).toMatchObject({ outcome: 'refuse', word: words.reasons.name_check.word });
    expect(asked.facts).toContain(words.holder('Ama Journey'));
    expect(await press(page, words.steps.nameIsRight)).toMatchObject({ outcome: 'grant' });
  });
});

describe.each(ways)('beyond scanning, the gate %s', (_way, options) => {
  it('takes a scan back, so that the right person can come in', async () => {
    const { code } = await ticket();
    const page = await staffAt(options);
    await scan(page, code);
    expect(await press(page, words.steps.takeBack)).toMatchObject({ word: words.steps.takenBack });
    expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
  });

  it('lets in by hand only who may, for a reason, and says so plainly', async () => {
    const { code } = await ticket();
    const steward = await staffAt(options);
    await scan(steward, code);
    expect(await scan(steward, code)).toMatchObject({ outcome: 'refuse' });
    expect(await steward.getByText(words.steps.byHand).count()).toBe(0);

    const page = await staffAt(options, laneGate.id, ifeoma.id);
    await scan(page, code);
    await page.getByText(words.steps.byHand).click();
    await page.getByLabel(words.steps.cause).selectOption('queue_safety');
    const answer = await press(page, words.steps.byHandConfirm);
    expect(answer).toMatchObject({ outcome: 'grant', says: words.reasons.overridden.says });
    expect(answer.facts).toContain(words.overrides(words.reasons.already_admitted.says));
    expect(await page.locator('[data-by-hand]').textContent()).toContain(words.byHand);
  });

  it('hands out what the ticket includes at its counter, once for each', async () => {
    const { code } = await ticket('night-kettle-shift');
    const page = await staffAt(options, bigKettle.id);
    expect(await scan(page, code)).toMatchObject({ outcome: 'counter', word: words.counter.word });
    const tea = 'A mug of tea and a slice';
    await page.getByLabel(words.steps.howMany(tea)).selectOption('2');
    const first = await press(page, words.steps.handOver(tea));
    expect(first).toMatchObject({ word: words.reasons.benefit_redeemed.word });
    expect(first.facts).toContain(words.benefitLeft(tea, 1));
    expect(await press(page, words.steps.handOver(tea))).toMatchObject({
      word: words.reasons.benefit_redeemed.word,
    });
    expect(await page.getByRole('button', { name: words.steps.handOver(tea) }).count()).toBe(0);
  });

  it('lets a companion in once the one they come with is', async () => {
    const buyer = await visitors.arrive();
    const { tickets } = await bookByApi(buyer, {
      lines: [
        { typeId: openDays.entryId, quantity: 1 },
        { typeId: 'helping-hand', quantity: 1 },
      ],
    });
    const handleOf = (typeId: string) => tickets.find((each) => each.typeId === typeId)?.handle ?? '';
    const page = await staffAt(options);
    expect(await scan(page, handleOf('helping-hand'))).toMatchObject({ word: words.reasons.companion_first.word });
    expect(await scan(page, handleOf(openDays.entryId))).toMatchObject({ outcome: 'grant' });
    expect(await scan(page, handleOf('helping-hand'))).toMatchObject({ outcome: 'grant' });
  });
});

it('says when an area is full, and lets in again once somebody came out', async () => {
  const page = await staffAt({}, lampRoomDoor.id);
  const { tickets } = await bookByApi(await visitors.arrive(), { typeId: 'yard-regular', quantity: 4 });
  const [first = '', , , last = ''] = tickets.map(({ handle }) => handle);
  for (const { handle } of tickets.slice(0, 3)) expect(await scan(page, handle)).toMatchObject({ outcome: 'grant' });
  const full = await scan(page, last);
  expect(full).toMatchObject({ outcome: 'refuse', word: words.reasons.zone_full.word });
  expect(full.facts).toContain(words.fullZones('The lamp room'));
  await setDirection(page, 'out');
  expect(await scan(page, first)).toMatchObject({ word: words.reasons.exited.word });
  await setDirection(page, 'in');
  expect(await scan(page, last)).toMatchObject({ outcome: 'grant' });
});

it('takes nothing back after two minutes', async () => {
  const { code } = await ticket();
  const page = await staffAt({ javaScript: false });
  await scan(page, code);
  const eventId = 'evt_open_days';
  const late = 3 * 60_000;
  await callObject('EVENT_INVENTORY', eventId, 'moveClock', [late]);
  try {
    const answer = await press(page, words.steps.takeBack);
    expect(answer).toMatchObject({ outcome: 'problem' });
    expect(answer.says).toContain('Too late');
  } finally {
    await callObject('EVENT_INVENTORY', eventId, 'moveClock', [-late]);
  }
});

it('sends where the scanner is once its browser allows it, and never asks while scanning', async () => {
  const { code } = await ticket();
  const page = await staffAt({});
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ latitude: 51.470_312_345, longitude: -0.0689 });
  const toggle = page.getByLabel(words.tools.location);
  expect(await toggle.isChecked()).toBe(false);
  await toggle.check();
  const place = { latitude: 51.470_31, longitude: -0.0689 };
  await expect
    .poll(async () => {
      await scan(page, code);
      const [newest] = (await callObject('EVENT_INVENTORY', 'evt_open_days', 'trail', [Number.MAX_SAFE_INTEGER])).slice(
        -1,
      );
      return (JSON.parse(newest?.entries ?? '[]') as object[]).at(-1);
    })
    .toMatchObject({ kind: 'scan', location: place });
});

describe('finding a ticket', () => {
  it('is for those who may let in by hand, by reference, number or address', async () => {
    const person = newPerson('Ngozi Lostphone');
    const { tickets, orderId } = await bookByApi(await visitors.arrive(), {}, person);
    const path = pathTo('gateFind', { slug: openDays.slug });
    const steward = await staffAt({});
    expect((await steward.goto(path))?.status()).toBe(403);

    const page = await staffAt({}, laneGate.id, ifeoma.id);
    const number = tickets[0]?.handle ?? '';
    for (const typed of [orderReference(orderId), person.email, number]) {
      await page.goto(`${path}?gate=${laneGate.id}`);
      await page.getByLabel(words.find.label).fill(typed);
      await page.getByRole('button', { name: words.find.search, exact: true }).click();
      // No address in the page's own, and no name before an order is chosen.
      expect(page.url()).not.toContain('@');
      expect(await page.locator('main').textContent()).not.toContain(person.name);
      await page.locator('.found').first().waitFor();
    }
    await page.goto(`${path}?gate=${laneGate.id}`);
    await page.getByLabel(words.find.label).fill(person.email);
    await page.getByRole('button', { name: words.find.search, exact: true }).click();
    await page.getByRole('button', { name: words.find.choose }).click();
    await page.getByText(person.name).waitFor();
    await page.getByRole('button', { name: words.find.check }).click();
    expect(await page.locator('[data-word]').textContent()).toContain(words.outcomes.grant);
  });
});

describe('an emergency', () => {
  it('opens every gate, says so at each, and closes again; stewards cannot', async () => {
    const path = pathTo('gateEmergency', { slug: openDays.slug });
    const steward = await staffAt({});
    expect((await steward.goto(path))?.status()).toBe(403);

    const page = await staffAt({}, laneGate.id, ifeoma.id);
    const { code } = await ticket();
    await scan(page, code);
    await page.goto(path);
    await page.locator('[data-inside="yard"]').waitFor();
    await page.getByLabel(words.emergency.cause).selectOption('crush_risk');
    // Not without the box.
    await page.getByRole('button', { name: words.emergency.open, exact: true }).click();
    expect(await page.getByRole('heading', { name: words.emergency.isOpen }).count()).toBe(0);
    await page.getByLabel(words.emergency.confirm).check();
    await page.getByRole('button', { name: words.emergency.open, exact: true }).click();
    await page.getByRole('heading', { name: words.emergency.isOpen }).waitFor();
    try {
      await openGate(steward);
      await steward.getByRole('alert').getByText(words.opened.title).waitFor();
      const again = await scan(steward, code);
      expect(again).toMatchObject({ outcome: 'grant', says: words.reasons.admit_all.says });
      expect(await steward.locator('[data-by-hand]').textContent()).toContain(words.byHand);
    } finally {
      await page.getByLabel(words.emergency.confirmClose).check();
      await page.getByRole('button', { name: words.emergency.close, exact: true }).click();
      await page.getByRole('heading', { name: words.emergency.open }).waitFor();
    }
    expect(await scan(steward, code)).toMatchObject({ outcome: 'refuse' });
  });
});
