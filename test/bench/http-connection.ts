import { connect, type Socket } from 'node:net';

export type Answer = { readonly status: number; readonly body: string };

const headEnd = '\r\n\r\n';
const lastChunk = '\r\n0\r\n\r\n';

/**
 * One kept-alive HTTP/1.1 connection that carries one request at a time, written by hand: Node's own client takes about
 * as long over a request as the runtime that answers it, and on a machine with two cores would be what is measured.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #received = '';
  #answered: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // One character a byte, so that lengths in bytes are lengths of this text; bodies here are ASCII.
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The connection was closed')));
  }

  static open({ hostname, port }: URL): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () => resolve(new HttpConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** `head` is the request up to its Content-Length, each line ended. */
  ask(head: string, body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#answered = { resolve, reject };
      this.#socket.write(`${head}Content-Length: ${body.length}${headEnd}${body}`);
    });
  }

  close(): void {
    this.#answered = undefined;
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#received += text;
    const answer = wholeAnswer(this.#received);
    if (answer === undefined) return;
    this.#received = '';
    const { resolve } = this.#answered ?? {};
    this.#answered = undefined;
    resolve?.(answer);
  }

  #fail(error: Error): void {
    const { reject } = this.#answered ?? {};
    this.#answered = undefined;
    reject?.(error);
  }
}

/** What a request begins with; the same for every one of a load. */
export function requestHead(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}`;
}

/** The answer once all of it has come. Bodies have a length or come in chunks, which nobody here needs taken apart. */
function wholeAnswer(text: string): Answer | undefined {
  const end = text.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const body = text.slice(end + headEnd.length);
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const isWhole = length === undefined ? `\r\n${body}`.endsWith(lastChunk) : body.length >= Number(length);
  return isWhole ? { status: Number(head.slice(9, 12)), body } : undefined;
}
