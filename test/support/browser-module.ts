import { build } from 'esbuild';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const root = join(import.meta.dirname, '../..');

/** A module with all it imports, in one script that leaves its exports in the global `subject`. */
export async function browserModule(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'subject',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/** A blank page where cryptography works, which browsers allow on secure origins and on one's own machine; no server is asked. */
export async function pageWith(browser: Browser, script: string): Promise<Page> {
  const page = await browser.newPage();
  const blank = { contentType: 'text/html', body: '<!doctype html><title>Blank</title>' };
  await page.route('http://localhost/**', (route) => route.fulfill(blank));
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: script });
  return page;
}
