import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';
import { browserModule, pageWith } from '#test/support/browser-module.ts';
import type { proveRuntime } from '#test/support/runtime-proofs.ts';

type Proof = Awaited<ReturnType<typeof proveRuntime>>;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium() ?? '', ...chromiumLaunchOptions });
});
afterAll(() => browser.close());

it('Chromium judges Wycheproof’s signatures and our published ticket codes as it should', async () => {
  const page = await pageWith(browser, await browserModule('test/support/runtime-proofs.ts'));
  const proof = await page.evaluate<Proof>('subject.proveRuntime()');
  expect(proof.cases).toEqual(proof.expected);
  expect(proof.wrong).toEqual([]);
  expect(proof.misjudged).toEqual([]);
});

it('Chromium takes no issuer’s key of small order, which its own import would take', async () => {
  const page = await pageWith(browser, await browserModule('workers/ui/client/issuer-verifier.ts'));
  const answer = await page.evaluate(`(async () => {
    const neutral = new Uint8Array(32).fill(0).fill(1, 0, 1);
    const taken = await subject.issuerVerifier(neutral);
    return taken === undefined;
  })()`);
  expect(answer).toBe(true);
});
