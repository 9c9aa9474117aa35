import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { checkBatch, scanLogBatchSchema, type ScanRecord } from '#shared/gate/scan-log.ts';
import * as v from 'valibot';
import { useVisitors } from '#test/support/journey-browser.ts';
import { canalGate, laneGate, readAnswer, scan, ticketInHand } from '#test/support/journey-gate.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { deviceOf, eventId, isCarried, startCamera, usePhones, type Phone } from '#test/support/journey-scanner.ts';
import { bookByApi } from '#test/support/journey-steps.ts';
import { floor, held, type Shot } from '#test/support/phone-film.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { handheld, scanner, gate } = messages;
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
    const outcomes = await page
      .locator('.gate-recent li')
      .evaluateAll((rows: readonly { dataset: object }[]) =>
        rows.map(({ dataset }) => Reflect.get(dataset, 'outcome') as string),
      );
    expect(outcomes.slice(-4)).toEqual(['refuse', 'refuse', 'grant', 'grant']);
  });
});
