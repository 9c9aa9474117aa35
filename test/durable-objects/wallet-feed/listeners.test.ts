import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { walletFeedOf } from '#objects/wallet-feed/client.ts';
import { listenersMax, WalletFeedObject } from '#objects/wallet-feed/object.ts';
import { lookAgainCode } from '#shared/live/close-codes.ts';
import { minuteMs } from '#shared/time.ts';
import { walletNews } from '#shared/wallet/changes.ts';
import { environment } from '#test/support/environment.ts';

/** A page's end of its socket. */
class Page {
  readonly heard: string[] = [];
  closedWith: number | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      this.heard.push(String(data));
      this.#wake?.();
    });
    socket.addEventListener('close', ({ code }) => {
      this.closedWith = code;
      this.#wake?.();
    });
    socket.accept();
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

type Inside = {
  readonly feed: WalletFeedObject;
  readonly state: DurableObjectState;
  readonly knock: () => Response;
  readonly listen: () => Page;
};

function inFeed<Answer>(clock: () => number, use: (inside: Inside) => Promise<Answer>): Promise<Answer> {
  const stub = walletFeedOf(environment.WALLET_FEED, `customer:${crypto.randomUUID()}`);
  return runInDurableObject(stub, (_instance, state) => {
    const feed = new WalletFeedObject(state, environment, { clock, random: () => 0 });
    const knock = () => feed.fetch(new Request('https://feed.example/', { headers: { upgrade: 'websocket' } }));
    const listen = () => {
      const { status, webSocket } = knock();
      if (webSocket === null) throw new Error(`No socket: ${status}`);
      return new Page(webSocket);
    };
    return use({ feed, state, knock, listen });
  });
}

describe('a wallet feed', () => {
  it('tells every page that there is news, and nothing else', async () => {
    await inFeed(Date.now, async ({ feed, listen }) => {
      const pages = [listen(), listen()];
      feed.tell();
      feed.tell();
      for (const page of pages) await page.until(() => page.heard.length === 2);
      expect(pages.flatMap(({ heard }) => heard)).toEqual(Array.from({ length: 4 }, () => walletNews));
    });
  });

  it('sends a page whose time is over round by the Worker, instead of telling it', async () => {
    let now = 1_000_000;
    await inFeed(
      () => now,
      async ({ feed, listen }) => {
        const early = listen();
        now += 9 * minuteMs;
        const late = listen();
        now += 2 * minuteMs;
        feed.tell();
        await early.until(() => early.closedWith !== undefined);
        await late.until(() => late.heard.length === 1);
        expect([early.closedWith, early.heard, late.closedWith]).toEqual([lookAgainCode, [], undefined]);
      },
    );
  });

  it('has room for so many, and again once the first have been sent round', async () => {
    let now = 1_000_000;
    await inFeed(
      () => now,
      async ({ knock, listen }) => {
        const pages = Array.from({ length: listenersMax }, listen);
        expect(knock().status).toBe(503);
        now += 11 * minuteMs;
        listen();
        for (const page of pages) await page.until(() => page.closedWith !== undefined);
      },
    );
  });

  it('keeps nothing: no row, no alarm', async () => {
    await inFeed(Date.now, async ({ feed, state, listen }) => {
      const page = listen();
      feed.tell();
      await page.until(() => page.heard.length === 1);
      expect(await state.storage.getAlarm()).toBeNull();
      expect([...(await state.storage.list())]).toEqual([]);
    });
  });

  it('opens to sockets alone', async () => {
    await inFeed(Date.now, async ({ feed }) => {
      expect(feed.fetch(new Request('https://feed.example/')).status).toBe(426);
    });
  });
});
