import { DurableObject } from 'cloudflare:workers';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { secondMs } from '#shared/time.ts';
import type { LiveBoardPorts } from './ports.ts';

/** While anybody watches, the board asks for itself this often: a lost snapshot is late by no more. */
const pullEveryMs = 5 * secondMs;
/** Viewers one board serves; more are told to come back. */
const viewerLimit = 5_000;

/**
 * Fans one event's live numbers out to everybody who watches, so that watching costs the gate nothing. Sockets hibernate:
 * a board nobody talks to costs nothing, and its `ping`s are answered without waking it. Nothing here must survive: a
 * board that lost its memory asks the inventory.
 */
export class LiveBoardObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: LiveBoardPorts;
  #latest: LiveSnapshot | undefined;

  constructor(ctx: DurableObjectState, env: Env, ports: LiveBoardPorts) {
    super(ctx, env);
    this.#ports = ports;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  /** Opens a viewer's socket. Whoever may watch was decided by the Worker in front. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    if (this.ctx.getWebSockets().length >= viewerLimit) return new Response('Too many viewers', { status: 503 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const snapshot = (await this.#pull()) ?? this.#latest;
    if (snapshot !== undefined) server.send(JSON.stringify(snapshot));
    await this.ctx.storage.setAlarm(Date.now() + pullEveryMs);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** The inventory's news. Answers how many watch, so that it can stop when nobody does. */
  publish(snapshot: LiveSnapshot): { viewers: number } {
    return { viewers: this.#broadcast(snapshot) };
  }

  override async alarm(): Promise<void> {
    if (this.ctx.getWebSockets().length === 0) return;
    const snapshot = await this.#pull();
    if (snapshot !== undefined) this.#broadcast(snapshot);
    await this.ctx.storage.setAlarm(Date.now() + pullEveryMs);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  #broadcast(snapshot: LiveSnapshot): number {
    if (this.#latest !== undefined && snapshot.seq < this.#latest.seq) return this.ctx.getWebSockets().length;
    this.#latest = snapshot;
    const text = JSON.stringify(snapshot);
    const sockets = this.ctx.getWebSockets();
    for (const socket of sockets) {
      try {
        socket.send(text);
      } catch {
        // Closed meanwhile: its viewer reconnects and gets a snapshot.
      }
    }
    return sockets.length;
  }

  async #pull(): Promise<LiveSnapshot | undefined> {
    try {
      return await this.#ports.pull(this.ctx.id.name ?? '');
    } catch (error) {
      console.error('inventory did not answer the live board', error);
      return undefined;
    }
  }
}
