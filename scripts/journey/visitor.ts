const redirectsMax = 6;
const answerWithinMs = 20_000;

export type Answer = {
  readonly status: number;
  /** Where the visitor ended up, redirects followed. */
  readonly path: string;
  readonly page: string;
  /** Every stop on the way: `303 /orders/…`. */
  readonly hops: readonly string[];
};

/** A person with a browser that has no JavaScript: real HTTP, cookies kept, forms sent, redirects followed. */
export class Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  open(path: string): Promise<Answer> {
    return this.#go(path, { method: 'GET' });
  }

  /** Sends a form as a browser does: a GET form becomes a query, a POST form names the page's origin. */
  send(path: string, fields: Readonly<Record<string, string>>, method = 'post'): Promise<Answer> {
    const body = new URLSearchParams(fields);
    if (method === 'get') return this.open(`${path}?${body.toString()}`);
    return this.#go(path, { method: 'POST', body, headers: { origin: this.#origin } });
  }

  /** What a page says, or why it could not be had. */
  async read(path: string): Promise<string> {
    const { status, page } = await this.open(path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return page;
  }

  async #go(path: string, init: RequestInit): Promise<Answer> {
    const hops: string[] = [];
    let [url, request] = [new URL(path, this.#origin), init];
    for (;;) {
      if (url.origin !== this.#origin) throw new Error(`Led away to ${url.origin}`);
      const response = await fetch(url, {
        ...request,
        headers: { accept: 'text/html', ...request.headers, cookie: this.#cookieHeader() },
        redirect: 'manual',
        signal: AbortSignal.timeout(answerWithinMs),
      });
      this.#keepCookies(response);
      const location = response.headers.get('location');
      const shown = `${url.pathname}${url.search}`;
      if (location === null || response.status < 300 || response.status >= 400) {
        return { status: response.status, path: shown, page: await response.text(), hops };
      }
      await response.body?.cancel();
      hops.push(`${response.status} ${location.replace(this.#origin, '')}`);
      if (hops.length > redirectsMax) throw new Error(`Sent round in circles: ${hops.join(', ')}`);
      [url, request] = [new URL(location, url), { method: 'GET' }];
    }
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const at = pair.indexOf('=');
      const isOver = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (isOver) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
