import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { outcomes, type Outcome } from '#shared/admission/verdict.ts';
import { isFull } from '#test/support/full-run.ts';
import { screens, useVisitors } from '#test/support/journey-browser.ts';
import {
  alter,
  expectShown,
  galleryBridge,
  laneGate,
  loftStairs,
  openGate,
  scan,
  steward as kit,
  ticketInHand,
} from '#test/support/journey-gate.ts';
import { signInQuickly } from '#test/support/journey-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.gate;
const visitors = useVisitors();
const album = join(import.meta.dirname, '../screenshots');
mkdirSync(album, { recursive: true });

/** How each answer comes about: at which gate, and with what. */
async function showOutcome(page: Page, outcome: Outcome, { code, fresh }: { code: string; fresh: string }) {
  const gates = { grant: laneGate, partial: galleryBridge, redirect: loftStairs, refuse: laneGate, fraud: laneGate };
  await openGate(page, gates[outcome].id);
  const shown = { grant: fresh, partial: code, redirect: fresh, refuse: code, fraud: alter(code, 100) };
  return scan(page, shown[outcome]);
}

/** The answer panel in grey and very small: what is left of it from a step away, and for eyes that see no colour. */
async function fromAStepAway(page: Page, name: string): Promise<number[]> {
  const picture = await page.locator('[data-answer]').screenshot({ path: join(album, `${name}.png`) });
  const url = `data:image/png;base64,${picture.toString('base64')}`;
  const pixels: unknown = await page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(url)};
    await image.decode();
    const [width, height] = [${thumbnail.width}, ${thumbnail.height}];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, at) =>
      0.2126 * data[at * 4] + 0.7152 * data[at * 4 + 1] + 0.0722 * data[at * 4 + 2]);
  })()`);
  return pixels as number[];
}

const thumbnail = { width: 24, height: 32 };
/** Mean difference a pixel, of 255: two screens that differ by their words alone stay under 10. */
const clearlyDifferent = 30;

const distance = (one: number[], other: number[]) =>
  one.reduce((sum, grey, at) => sum + Math.abs(grey - (other[at] ?? 0)), 0) / one.length;

const sizes = isFull ? (['phone', 'tablet', 'desktop'] as const) : (['phone'] as const);

// PRD 9.3: told apart without colour and without sound.
describe.each(sizes)('the five answers on a %s', (screen) => {
  it.each(['light', 'dark'] as const)('differ in grey and from afar, in shape and in word, in %s', async (theme) => {
    const page = await visitors.arrive({ screen, theme });
    const { code } = await ticketInHand(page);
    await signInQuickly(page, kit.id);
    // Partial first: it admits, so that the same ticket is refused afterwards.
    const order: Outcome[] = ['partial', 'refuse', 'redirect', 'grant', 'fraud'];
    const { code: fresh } = await ticketInHand(await visitors.arrive());
    const seen = new Map<Outcome, number[]>();
    for (const outcome of order) {
      const answer = await showOutcome(page, outcome, { code, fresh });
      expect(answer).toMatchObject({ outcome, word: words.outcomes[outcome] });
      await expectShown(page, outcome);
      seen.set(outcome, await fromAStepAway(page, `outcome-${outcome}-${screens[screen].width}-${theme}`));
    }
    const distances = outcomes.flatMap((one, index) =>
      outcomes.slice(index + 1).map((other) => ({
        pair: `${one} and ${other}`,
        isClear: distance(seen.get(one) ?? [], seen.get(other) ?? []) > clearlyDifferent,
      })),
    );
    expect(distances.filter(({ isClear }) => !isClear)).toEqual([]);
  });
});

it('has a word and a shape of its own for each answer', () => {
  expect(new Set(Object.values(words.outcomes)).size).toBe(outcomes.length);
  expect(new Set(Object.values(words.shapes)).size).toBe(Object.keys(words.shapes).length);
});
