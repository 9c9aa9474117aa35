import { DurableObject } from 'cloudflare:workers';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { secondMs } from '#shared/time.ts';
import { eventOfBoard } from './client.ts';
import type { LiveBoardPorts } from './ports.ts';
import { Viewers } from './viewers.ts';

/** While anybody watches, the board asks for itself this often: a lost snapshot is late by no more. */
const pullEveryMs = 5 * secondMs;
/** Viewers one board serves; more are told to come back. */
export const viewerLimit = 5_000;

/**
 * Fans one event's live numbers out to everybody who watches, so that watching costs the gate nothing. Sockets hibernate:
 * a board nobody talks to costs nothing, and its `ping`s are answered without waking it. Nothing here must survive: a
 * board that lost its memory asks the inventory.
 */
export class LiveBoardObject<Env = unknown> extends DurableObject<Env> {
  readonly #ports: LiveBoardPorts;
  readonly #viewers: Viewers;
  #latest: LiveSnapshot | undefined;
  #looking: number | undefined;
  #asking: Promise<void> | undefined;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(ctx: DurableObjectState, env: Env, ports: LiveBoardPorts) {
    super(ctx, env);
    this.#ports = ports;
    this.#viewers = new Viewers(ctx);
  }

  /** Opens a viewer's socket. Whoever may watch was decided by the Worker in front. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    if (this.#viewers.count() >= viewerLimit) return new Response('Too many viewers', { status: 503 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.#viewers.accept(server, this.#ports.clock(), Math.random());
    await this.#ask();
    const snapshot = this.#latest;
    if (snapshot !== undefined) server.send(this.#textOf(snapshot));
    await this.ctx.storage.setAlarm(this.#ports.clock() + pullEveryMs);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** The inventory's news. Answers how many watch, so that it can stop when nobody does. */
  publish(snapshot: LiveSnapshot): { viewers: number } {
    this.#tell(snapshot);
    return { viewers: this.#viewers.count() };
  }

  override async alarm(): Promise<void> {
    this.#viewers.endLeases(this.#ports.clock());
    if (this.#viewers.count() === 0) return;
    const [snapshot] = await Promise.all([this.#pull(), this.#askLooking()]);
    if (snapshot !== undefined) this.#tell(snapshot);
    await this.ctx.storage.setAlarm(this.#ports.clock() + pullEveryMs);
  }

  /** All a viewer ever says besides its pings: that it has read what it was sent. */
  override webSocketMessage(socket: WebSocket): void {
    this.#viewers.answered(socket);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  #tell(snapshot: LiveSnapshot): void {
    if (this.#latest !== undefined && snapshot.seq < this.#latest.seq) return;
    this.#latest = snapshot;
    this.ctx.waitUntil(this.#viewers.tell(this.#textOf(snapshot)));
  }

  #textOf(snapshot: LiveSnapshot): string {
    return JSON.stringify(this.#looking === undefined ? snapshot : { ...snapshot, looking: this.#looking });
  }

  #eventId(): string {
    return eventOfBoard(this.ctx.id.name ?? '');
  }

  /** Once a second for however many arrive: after a deploy thousands come back together, and the gate must not notice. */
  #ask(): Promise<void> {
    const now = this.#ports.clock();
    if (this.#asking === undefined || now - this.#askedAtMs >= secondMs) {
      this.#askedAtMs = now;
      this.#asking = Promise.all([this.#pull(), this.#askLooking()]).then(([snapshot]) => {
        if (snapshot !== undefined && snapshot.seq >= (this.#latest?.seq ?? 0)) this.#latest = snapshot;
      });
    }
    return this.#asking;
  }

  /** Numbers do not depend on it: when nobody can tell, viewers are told nothing. */
  async #askLooking(): Promise<void> {
    this.#looking = await this.#ports.looking(this.#eventId()).catch(() => undefined);
  }

  async #pull(): Promise<LiveSnapshot | undefined> {
    try {
      return await this.#ports.pull(this.#eventId());
    } catch (error) {
      console.error('inventory did not answer the live board', error);
      return undefined;
    }
  }
}
