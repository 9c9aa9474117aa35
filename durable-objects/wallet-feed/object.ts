import { DurableObject } from 'cloudflare:workers';
import { lookAgainCode } from '#shared/live/close-codes.ts';
import { minuteMs, type EpochMs } from '#shared/time.ts';
import { walletNews } from '#shared/wallet/changes.ts';
import type { WalletFeedPorts } from './ports.ts';

/** Kept with a hibernating socket. */
type Attachment = { readonly untilMs: EpochMs };

/** Pages that may listen at once: one person's phones and tabs many times over. Others ask now and then instead. */
export const listenersMax = 40;

/**
 * After this long and a random part of the second figure a page comes back through the Worker, which asks again who it is:
 * whoever was signed out hears for minutes at most that something happened, and never what.
 */
const leaseMs = { least: 10 * minuteMs, spread: 5 * minuteMs } as const;

/**
 * Tells the open wallets of one customer, or of one order, that D1 has news for them. It knows nothing and stores nothing:
 * what happened is read from the feed in D1, by a cursor, so a lost word is late and never missing. Between words it
 * hibernates; no alarm wakes it, because leases are looked at only when there is something to say.
 */
export class WalletFeedObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: WalletFeedPorts;

  constructor(ctx: DurableObjectState, env: Env, ports: WalletFeedPorts) {
    super(ctx, env);
    this.#ports = ports;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  /** Opens a page's socket. Whether it may listen was decided by the Worker in front. */
  override fetch(request: Request): Response {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    const now = this.#ports.clock();
    if (this.#current(now).length >= listenersMax) return new Response('Too many listeners', { status: 503 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const untilMs = now + leaseMs.least + this.#ports.random() * leaseMs.spread;
    server.serializeAttachment({ untilMs } satisfies Attachment);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** There is news in D1. Called after it was committed, never before: a page that asked too early would ask in vain. */
  tell(): void {
    for (const socket of this.#current(this.#ports.clock())) {
      try {
        socket.send(walletNews);
      } catch {
        // Closed meanwhile: its page reads the feed when it is back.
      }
    }
  }

  override webSocketMessage(): void {
    // A page has nothing to say; its pings are answered without waking anybody.
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  /** Sockets whose time is not over; the others are sent round by the Worker, and read the feed on their way. */
  #current(now: EpochMs): WebSocket[] {
    return this.ctx.getWebSockets().filter((socket) => {
      const { untilMs } = socket.deserializeAttachment() as Attachment;
      if (untilMs > now) return true;
      socket.close(lookAgainCode, 'look again');
      return false;
    });
  }
}
