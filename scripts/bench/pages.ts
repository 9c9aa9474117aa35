import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';
import { ExpectedFailure } from '#scripts/build-worker.ts';
import { startFreshServer } from '#scripts/journey/fresh-server.ts';
import { elementsOf } from '#scripts/journey/page-text.ts';
import { pathTo } from '#workers/routes.ts';
import { compressed, type Edge, startEdge } from './edge.ts';
import { type Bench, measured, median, size } from './figure.ts';

/** A phone on a slow fourth-generation network: Lighthouse's figures for mobile (web.dev/articles/lighthouse-throttling). */
const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const network = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };
const slowdown = 4;
const visits = 5;

/** Each page's weight before it can be painted and in scripts, and when its largest part stood on a phone's screen. */
export const pages: Bench = async (_options, print, say) => {
  const server = await startFreshServer();
  const edge = await startEdge(server.url);
  const browser = await launch();
  say(
    `HTML and style sheet and scripts as gzip -9; LCP: median of ${visits} cold visits, slow 4G, processor slowed ${slowdown} times`,
  );
  say('baseline of LCP: a bare page of one line over the same network, in turns with ours');
  try {
    const context = await browser.newContext(phone);
    const paths = await measuredPages(context, server.url);
    for (const [page, path] of Object.entries(paths)) {
      const { criticalBytes, scriptBytes } = await weigh(context, server.url, path);
      print(size('pages', `${page}_critical_bytes`, criticalBytes));
      print(size('pages', `${page}_script_bytes`, scriptBytes));
      const { ours, bare } = await paint(browser, context, edge, path);
      print(measured('pages', `${page}_lcp_ms`, 'ms', ours, bare));
    }
  } finally {
    await browser.close();
    await edge.stop();
    await server.stop();
  }
};

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new ExpectedFailure('No Chromium on this machine: name one in CHROMIUM_PATH.');
  }
  return chromium.launch({ executablePath, ...chromiumLaunchOptions });
}

/** Books a ticket, whose pages only this context may then open. */
async function measuredPages(context: BrowserContext, origin: string): Promise<Record<string, string>> {
  const contact = { name: 'Bench Visitor', email: 'bench@visitors.example' };
  const lines = [{ typeId: 'community-entry', quantity: 2 }];
  const answer = await context.request.post(origin + pathTo('apiOrders'), {
    headers: { 'idempotency-key': crypto.randomUUID(), origin },
    data: { event: 'open-days', lines, contact },
  });
  if (answer.status() !== 201) throw new Error(`No ticket to measure: ${answer.status()} ${await answer.text()}`);
  const { orderId, tickets } = (await answer.json()) as { orderId: string; tickets: { ticketId: string }[] };
  return {
    landing: pathTo('event', { slug: '247gbs-expo' }),
    checkout: `${pathTo('checkout', { slug: 'open-days' })}?q_community-entry=2`,
    order: pathTo('order', { orderId }),
    ticket: pathTo('ticket', { orderId, ticketId: tickets[0]?.ticketId ?? '' }),
  };
}

async function weigh(context: BrowserContext, origin: string, path: string) {
  const bytesOf = async (at: string): Promise<Buffer> => {
    const answer = await context.request.get(origin + at);
    if (!answer.ok()) throw new Error(`${at} answered ${answer.status()}`);
    return answer.body();
  };
  const html = await bytesOf(path);
  const text = html.toString();
  const styles = elementsOf(text, 'link').filter(({ attributes }) => attributes['rel'] === 'stylesheet');
  const scripts = elementsOf(text, 'script');
  const weightOf = async (urls: (string | undefined)[]): Promise<number> => {
    const parts = await Promise.all(urls.filter((url) => url !== undefined).map(bytesOf));
    return parts.reduce((sum, part) => sum + compressed(part).length, 0);
  };
  return {
    criticalBytes: compressed(html).length + (await weightOf(styles.map(({ attributes }) => attributes['href']))),
    scriptBytes: await weightOf(scripts.map(({ attributes }) => attributes['src'])),
  };
}

/** In turns, so that whatever else this machine does falls on both alike. */
async function paint(browser: Browser, signedIn: BrowserContext, edge: Edge, path: string) {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let visit = 0; visit < visits; visit += 1) {
    ours.push(await visitCold(browser, signedIn, edge.url + path));
    bare.push(await visitCold(browser, signedIn, edge.barePage));
  }
  return { ours: median(ours), bare: median(bare) };
}

/** A context of its own has an empty cache. Cookies know hosts but no ports: those of the server reach the edge. */
async function visitCold(browser: Browser, signedIn: BrowserContext, url: string): Promise<number> {
  const context = await browser.newContext({ ...phone, storageState: await signedIn.storageState() });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', network);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const answer = await page.goto(url, { waitUntil: 'load' });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status() ?? 'nothing'}`);
    return await largestPaint(page);
  } finally {
    await context.close();
  }
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime));
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => reject(new Error('Nothing large was painted')), 10000);
  })`);
}
