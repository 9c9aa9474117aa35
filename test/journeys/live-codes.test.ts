import { describe, expect, it } from 'vitest';
import { printedCodeLength } from '#shared/tickets/code.ts';
import { stepAt } from '#shared/tickets/steps.ts';
import { minuteMs, secondMs } from '#shared/time.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { openGate, scan, steward } from '#test/support/journey-gate.ts';
import { activateHere, liveQr, nightOwl, openLiveTicket, pressable, readLive } from '#test/support/journey-live.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { later } from '#test/support/journey-objects.ts';
import { copyTicket, dropKeys, keptForOffline, plantTicket, readableKeys } from '#test/support/journey-phone-store.ts';
import { signInQuickly } from '#test/support/journey-steps.ts';
import { listens } from '#test/support/journey-wallet.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.liveCode;
const gate = messages.gate;
const visitors = useVisitors();

async function atTheGate() {
  const page = await visitors.arrive();
  await signInQuickly(page, steward.id);
  await openGate(page);
  return page;
}

/** Another browser that holds the same order: a partner's phone, or one's own new one. */
async function secondPhone(first: Awaited<ReturnType<typeof visitors.arrive>>, path: string) {
  const page = await visitors.arrive();
  const cookies = await first.context().cookies();
  await page.context().addCookies(cookies.filter(({ name }) => name.startsWith('__Host-order-')));
  await page.goto(path);
  return page;
}

// PRD 15.1/2, 8.1/2: a code that changes every ten seconds, made by the phone that bears the ticket.
describe('a ticket that only a phone shows', () => {
  it('is activated by one press, and its code opens the gate', async () => {
    const phone = await visitors.arrive();
    await openLiveTicket(phone);
    expect(await phone.getByRole('img', { name: messages.ticket.qrLabel }).count()).toBe(0);
    await activateHere(phone);
    await phone.locator('[data-ticket-status]').getByText(messages.ticket.status.active, { exact: true }).waitFor();
    const { text, code } = await readLive(phone);
    expect(Math.abs(code.step - stepAt(Date.now()))).toBeLessThanOrEqual(1);
    const lane = await atTheGate();
    expect(await scan(lane, text)).toMatchObject({ outcome: 'grant', says: gate.reasons.admitted.says });
  });

  it('keeps the screen awake and moves while it is shown, but for those whom motion disturbs', async () => {
    const phone = await visitors.arrive();
    await phone.addInitScript(`
      globalThis.held = 0;
      navigator.wakeLock.request = async () => { held += 1; return { release: async () => { held -= 1; } }; };
    `);
    await openLiveTicket(phone);
    expect(await phone.evaluate('held')).toBe(0);
    await activateHere(phone);
    expect(await phone.evaluate('held')).toBe(1);
    const motion = `getComputedStyle(document.querySelector('.live-bars')).animationName`;
    expect(await phone.evaluate(motion)).toBe('none');
    await phone.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await phone.evaluate(motion)).toBe('live-bars');
    const shown = phone.locator('.live-time');
    const before = await shown.textContent();
    await expect.poll(() => shown.textContent(), { timeout: 5_000 }).not.toBe(before);
  });

  it('replayed from a screenshot half a minute later is refused', async () => {
    const phone = await visitors.arrive();
    const { orderId } = await openLiveTicket(phone);
    await activateHere(phone);
    const { text } = await readLive(phone);
    const lane = await atTheGate();
    await later(orderId, 31 * secondMs, async () => {
      expect(await scan(lane, text)).toMatchObject({ outcome: 'refuse', says: gate.reasons.stale_code.says });
    });
    expect((await scan(lane, (await readLive(phone)).text)).outcome).toBe('grant');
  });

  it('on a phone whose clock is minutes wrong writes good codes all the same, and says so', async () => {
    const phone = await visitors.arrive();
    await phone.clock.install({ time: Date.now() - 4 * minuteMs });
    await openLiveTicket(phone);
    await activateHere(phone);
    const { text } = await readLive(phone);
    await phone.getByText(words.clock.slow(words.clock.minutes(4))).waitFor();
    expect((await scan(await atTheGate(), text)).outcome).toBe('grant');
  });

  it('says what it takes where scripts are off', async () => {
    const phone = await visitors.arrive({ javaScript: false });
    await openLiveTicket(phone);
    expect(await phone.locator('noscript .live-note').innerText()).toBe(words.needsScripts);
    expect(await pressable(phone, words.offer.action).count()).toBe(0);
  });
});

describe('a ticket that is live for coming back in', () => {
  it('opens once by paper, and then by the phone alone', async () => {
    const phone = await visitors.arrive();
    const { path } = await openLiveTicket(phone, nightOwl);
    const paper = phone.getByRole('img', { name: messages.ticket.qrLabel, exact: true });
    await listens(phone);
    await phone.getByRole('heading', { name: words.reentry.title }).waitFor();
    const lane = await atTheGate();
    expect((await scan(lane, await readQr(paper))).outcome).toBe('grant');

    // The page that is open, and the one that is opened next.
    await paper.waitFor({ state: 'hidden' });
    await pressable(phone, words.reentry.action).waitFor();
    await phone.goto(path);
    await pressable(phone, words.reentry.action).waitFor();
    expect(await paper.isVisible()).toBe(false);
    await activateHere(phone);
    expect((await readLive(phone)).code.header.generation).toBe(1);
    expect(await paper.isVisible()).toBe(false);
  });

  it('shows its paper code without scripts, and says what that is good for', async () => {
    const phone = await visitors.arrive({ javaScript: false });
    await openLiveTicket(phone, nightOwl);
    expect(await readQr(phone.getByRole('img', { name: messages.ticket.qrLabel }))).toHaveLength(printedCodeLength);
    expect(await phone.locator('noscript .live-note').innerText()).toBe(words.reentryNeedsScripts);
  });
});

describe('one ticket and two phones', () => {
  it('goes from one to the other by a press; the first one’s code is refused at once, and its page says so', async () => {
    const first = await visitors.arrive();
    const { path } = await openLiveTicket(first);
    await activateHere(first);
    const { text: old } = await readLive(first);

    const second = await secondPhone(first, path);
    await second.getByRole('heading', { name: words.elsewhere.title }).waitFor();
    await activateHere(second, words.elsewhere.action);
    const { text: taken, code } = await readLive(second);
    expect(code.header.generation).toBe(2);

    const lane = await atTheGate();
    expect(await scan(lane, old)).toMatchObject({ outcome: 'refuse', says: gate.reasons.replaced_code.says });
    expect((await scan(lane, taken)).outcome).toBe('grant');

    await first.bringToFront();
    await first.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await first.getByRole('heading', { name: words.moved.title }).waitFor();
    expect(await liveQr(first).count()).toBe(0);
    await activateHere(first, words.moved.action);
    expect((await readLive(first)).code.header.generation).toBe(3);
  });

  it('a copy of all that the first one keeps makes no codes on another phone: it is fraud', async () => {
    const phone = await visitors.arrive();
    const { path, ticketId } = await openLiveTicket(phone);
    await activateHere(phone);
    await phone.reload();
    await keptForOffline(phone, ticketId);
    expect(await readableKeys(phone)).toEqual({ keys: 1, read: 0 });
    const copied = await copyTicket(phone, ticketId);

    const thief = await visitors.arrive();
    const { ticketId: own } = await openLiveTicket(thief);
    await keptForOffline(thief, own);
    await plantTicket(thief, ticketId, copied);
    // With a network the server would say at once that this is not their ticket.
    await thief.context().setOffline(true);
    await thief.goto(path);
    const { text } = await readLive(thief);
    const lane = await atTheGate();
    expect(await scan(lane, text)).toMatchObject({ outcome: 'fraud', says: gate.reasons.wrong_holder.says });
    expect((await scan(lane, (await readLive(phone)).text)).outcome).toBe('grant');
  });

  it('a browser that lost its key gets its code back by one press, and the lost one’s codes are over', async () => {
    const phone = await visitors.arrive();
    const { path } = await openLiveTicket(phone);
    await activateHere(phone);
    const { text: before } = await readLive(phone);
    // As Safari does after a week without a visit.
    await dropKeys(phone);
    await phone.goto(path);
    await phone.getByRole('heading', { name: words.lost.title }).waitFor();
    await activateHere(phone, words.lost.action);
    const lane = await atTheGate();
    expect((await scan(lane, before)).says).toBe(gate.reasons.replaced_code.says);
    expect((await scan(lane, (await readLive(phone)).text)).outcome).toBe('grant');
  });
});
