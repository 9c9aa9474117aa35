import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { ticketInHand } from '#test/support/journey-gate.ts';
import { startCamera, usePhones } from '#test/support/journey-scanner.ts';
import { floor, held, type Look, type Shot } from '#test/support/phone-film.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { handheld } = messages;
const visitors = useVisitors();
const phones = usePhones();

async function codes(count: number): Promise<string[]> {
  const page = await visitors.arrive();
  const found: string[] = [];
  for (let index = 0; index < count; index += 1) found.push((await ticketInHand(page)).code);
  return found;
}

/** Waits for the next answer that has this look. */
async function shown(page: Page, outcome: string): Promise<void> {
  await page.locator(`[data-answer][data-outcome=${outcome}]`).waitFor();
}

/** Of the last scans, the newest first. */
function outcomes(page: Page): Promise<string[]> {
  const rows = page.locator('.gate-recent li');
  return rows.evaluateAll((found: readonly { dataset: object }[]) =>
    found.map(({ dataset }) => String(Reflect.get(dataset, 'outcome'))),
  );
}

describe('a phone with its camera', () => {
  it('lets one person in after another with no tap between them, and a copy not', async () => {
    const [first = '', second = ''] = await codes(2);
    const shots: Shot[] = [floor(45), { codes: [first], frames: 45 }, { codes: [second], frames: 45 }, floor(70)];
    const { page } = await phones.enrol({ shots });
    await startCamera(page);
    await shown(page, 'grant');
    await page.locator('.gate-recent li').nth(1).waitFor({ state: 'attached' });
    // The film begins again: the same codes, gone for a while and back, are copies now.
    await shown(page, 'refuse');
    await page.locator('.gate-recent li').nth(3).waitFor({ state: 'attached' });
    expect((await outcomes(page)).slice(-4)).toEqual(['refuse', 'refuse', 'grant', 'grant']);
  });

  it('reads codes that are blurred, torn, tiny, turned over, upside down and badly lit', async () => {
    const looks: readonly Look[] = [
      { ...held, blur: 1.8 },
      { ...held, torn: 0.16 },
      { ...held, size: 0.36, blur: 0.4 },
      { ...held, inverted: true },
      { ...held, degrees: 187, sway: 30 },
      { ...held, light: 0.35, contrast: 0.7, grain: 45 },
    ];
    const found = await codes(looks.length);
    const shots = looks.flatMap((look, index) => [{ codes: [found[index] ?? ''], frames: 40, look }, floor(8)]);
    const { page } = await phones.enrol({ shots });
    await startCamera(page);
    await expect
      .poll(async () => (await outcomes(page)).filter((outcome) => outcome === 'grant').length, { timeout: 40_000 })
      .toBe(looks.length);
  });

  it('scans neither of two codes, says so, and says what a code of another system is', async () => {
    const [one = '', two = ''] = await codes(2);
    const shots: Shot[] = [
      { codes: [one, two], frames: 90, look: { size: 0.6, degrees: 2 } },
      floor(80),
      { codes: ['https://tickets.example/o/81'], frames: 60 },
      floor(80),
    ];
    const { page } = await phones.enrol({ shots });
    await startCamera(page);
    await page.getByText(handheld.crowded).waitFor();
    await shown(page, 'refuse');
    await page.getByText(handheld.foreign.link('tickets.example')).first().waitFor();
    expect(await outcomes(page)).toEqual(['refuse']);
  });
});

it('takes a tap of a wristband, and says when one has no ticket on it', async () => {
  const [code = ''] = await codes(1);
  const { page, context } = await phones.enrol();
  // Chromium has Web NFC on Android alone: here stands what it would be.
  await context.addInitScript(`globalThis.NDEFReader = class extends EventTarget {
    scan() { globalThis.reader = this; return Promise.resolve(); }
  }`);
  await page.reload();
  await page.getByRole('button', { name: handheld.nfc.turnOn }).click();
  await page.getByText(handheld.nfc.isOn).waitFor();
  const tap = (recordType: string, text: string) =>
    page.evaluate(`{
      const data = new DataView(new TextEncoder().encode(${JSON.stringify(text)}).buffer);
      const records = [{ recordType: ${JSON.stringify(recordType)}, data }];
      reader.dispatchEvent(Object.assign(new Event('reading'), { message: { records } }));
    }`);
  await tap('url', 'https://wristbands.example/');
  await page.getByText(handheld.nfc.unreadable).waitFor();
  await tap('text', code);
  await shown(page, 'grant');
  expect(await outcomes(page)).toEqual(['grant']);
});
