import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Outcome } from '#shared/admission/verdict.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { readQr } from './journey-qr.ts';
import { bookByApi, newPerson, openDays } from './journey-steps.ts';

const words = messages.gate;

export const laneGate = { id: 'lane-gate', name: 'Brightwell Lane gate' } as const;
export const canalGate = { id: 'canal-gate', name: 'Canal path gate' } as const;
export const loftStairs = { id: 'loft-stairs', name: 'Loft stairs' } as const;

/** Two areas behind one gate: most tickets open only the first. */
export const galleryBridge = { id: 'gallery-bridge', name: 'Gallery bridge' } as const;
/** Three people at a time. */
export const lampRoomDoor = { id: 'lamp-room-door', name: 'Lamp room door' } as const;
/** Hands out, and lets nobody in. */
export const bigKettle = { id: 'big-kettle', name: 'The big kettle' } as const;

export const steward = { id: 'per_demo_steward', name: 'Kit Oyelaran' } as const;
export const supervisor = { id: 'per_demo_supervisor', name: 'Ifeoma Adeyinka' } as const;

/** The gate's own address, which a steward's device keeps open all day. */
export async function openGate(page: Page, gateId: string = laneGate.id, slug: string = openDays.slug): Promise<void> {
  const path = pathTo('gateEvent', { slug });
  const opened = await page.goto(`${path}?gate=${gateId}`);
  expect(opened?.status()).toBe(200);
}

/** Counts people in, or out, from the next scan on. */
export async function setDirection(page: Page, way: 'in' | 'out'): Promise<void> {
  await page.getByRole('radio', { name: words.direction[way], exact: true }).check({ force: true });
}

/** What the screen says now. */
export async function readAnswer(page: Page): Promise<GateAnswer> {
  const decided = page.locator('[data-answer]:not([data-outcome=checking])');
  await decided.waitFor();
  return {
    outcome: (await decided.getAttribute('data-outcome')) ?? '',
    word: (await page.locator('[data-word]').textContent())?.trim() ?? '',
    says: (await page.locator('[data-says]').textContent())?.trim() ?? '',
    facts: (await page.locator('[data-lines] li').allTextContents()).join(' '),
  };
}

/** Presses one of the buttons under an answer, and reads the next. */
export async function press(page: Page, button: string): Promise<GateAnswer> {
  await page.locator('[data-answer]').evaluate((element) => element.setAttribute('data-outcome', 'checking'));
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: button, exact: true }).click();
  await answered;
  return readAnswer(page);
}

export type GateAnswer = { outcome: string; word: string; says: string; facts: string };

/** Types a code and presses Enter, as a scanner does; answers what the screen says once it has decided. */
export async function scan(page: Page, code: string): Promise<GateAnswer> {
  const panel = page.locator('[data-answer]');
  // The last answer must not be taken for this one's: the island and the form's next page both draw over this.
  await panel.evaluate((element) => element.setAttribute('data-outcome', 'ready'));
  const input = page.getByLabel(words.code);
  await input.fill(code);
  await input.press('Enter');
  // By the form's next page, by HTTP or over an enrolled scanner's socket: the screen is what a steward goes by.
  await page.locator('[data-answer]:not([data-outcome=checking]):not([data-outcome=ready])').waitFor();
  return readAnswer(page);
}

/** A word and one shape, so that the answer is read without colour too (WCAG 1.4.1). */
export async function expectShown(page: Page, outcome: Outcome): Promise<void> {
  expect(await page.locator('[data-word]').isVisible()).toBe(true);
  const shapes = await page.locator('.lamp > svg').all();
  const visible = await Promise.all(shapes.map(async (shape) => ((await shape.isVisible()) ? shape : undefined)));
  const shown = await Promise.all(
    visible.filter((shape) => shape !== undefined).map((shape) => shape.getAttribute('class')),
  );
  expect(shown).toEqual([`on-${outcome}`]);
  await page.getByRole('img', { name: words.shapes[outcome], exact: true }).waitFor();
}

/** A ticket booked by somebody else, with its code as their screen shows it. */
export async function ticketInHand(
  page: Page,
  choice: { slug?: string; typeId?: string } = {},
  person = newPerson(),
): Promise<{ code: string; handle: string; orderId: string }> {
  const { orderId, tickets } = await bookByApi(page, { slug: openDays.slug, ...choice }, person);
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('The order has no ticket');
  await page.goto(pathTo('ticket', { orderId, ticketId: ticket.ticketId }));
  const code = await readQr(page.getByRole('img', { name: messages.ticket.qrLabel }));
  return { code, handle: ticket.handle, orderId };
}

/** Another digit in a code's signature: what a forger without the key ends up with. */
export function alter(code: string, at: number): string {
  return code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1);
}
