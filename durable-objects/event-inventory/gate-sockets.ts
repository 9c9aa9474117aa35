import * as v from 'valibot';
import { deviceProofText } from '#shared/access/device-proof.ts';
import { newsIn } from '#shared/gate/news.ts';
import {
  frameLimit,
  socketVersion,
  unansweredLimit,
  type Announcement,
  type GateNews,
  type ToScanner,
} from '#shared/gate/socket-messages.ts';
import { fromScannerSchema, type FromScanner, type ScannerStatus } from '#shared/gate/scanner-messages.ts';
import { fail, type Failure } from '#shared/result.ts';
import type { InventoryEntry, LogEntry } from '#shared/trail/entries.ts';
import type { GateDevice } from './devices.ts';
import type { RedemptionAnswer, RedemptionRequest } from './redemptions.ts';
import type { ScanAnswer, ScanRequest } from './scans.ts';
import type { UndoAnswer, UndoRequest } from './undo.ts';

/** What the sockets ask of the object they are on. */
export type GateDecisions = {
  readonly scan: (request: ScanRequest) => Promise<ScanAnswer>;
  readonly redeem: (request: RedemptionRequest) => Promise<RedemptionAnswer>;
  readonly undo: (request: UndoRequest) => Promise<UndoAnswer>;
  /** The device, if what it sends may be decided now. */
  readonly device: (deviceId: string) => GateDevice | undefined;
  readonly isSignedBy: (publicKey: string, text: string, signature: string) => Promise<boolean>;
  readonly missedSince: (seq: number) => { readonly seq: number; readonly news: readonly GateNews[] | undefined };
  readonly now: () => number;
  readonly nonce: () => string;
  readonly areGatesOpen: () => boolean;
  readonly announcement: () => Announcement | undefined;
  readonly keepStatus: (deviceId: string, status: ScannerStatus) => Promise<void>;
};

/** Kept with a hibernating socket: its nonce until it has proved a key, then which device it is. */
type Attachment =
  | { readonly nonce: string; readonly openedAtMs: number }
  | { readonly deviceId: string; readonly gateId: string; readonly isShut?: true };

type Request = Exclude<FromScanner, { t: 'prove' | 'status' }>;

const closing = { badMessage: 4400, notProved: 4401, deviceShut: 4403 } as const;
/** More lanes than any venue has; a thief with a key gains nothing by opening thousands. */
const socketLimit = 1_000;
/** Sockets that have not proved anything. The oldest makes room for the newest, so that strangers shut nobody out. */
const strangerLimit = 64;
/** News waits for others this long, so that a crowd costs each lane one frame and not one for every person. */
const newsEveryMs = 100;

/**
 * One hibernating socket a scanner. It opens by challenge and response with the device's key; after that many scans are
 * under way at once, each answered by its id. Whether the device still counts is asked again in every scan's own
 * transaction, because a closed socket goes on talking until its client notices.
 */
export class GateSockets {
  readonly #ctx: DurableObjectState;
  readonly #decisions: GateDecisions;
  readonly #unanswered = new WeakMap<WebSocket, number>();
  #news: GateNews[] = [];
  #seq = 0;
  #isScheduled = false;

  constructor(ctx: DurableObjectState, decisions: GateDecisions) {
    this.#ctx = ctx;
    this.#decisions = decisions;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  accept(): Response {
    const open = this.#ctx.getWebSockets();
    const strangers = open.filter((socket) => 'nonce' in (socket.deserializeAttachment() as Attachment));
    if (open.length - strangers.length >= socketLimit) return new Response('Too many scanners', { status: 503 });
    if (strangers.length >= strangerLimit) oldest(strangers)?.close(closing.notProved, 'not proved in time');
    const { 0: client, 1: server } = new WebSocketPair();
    const nonce = this.#decisions.nonce();
    this.#ctx.acceptWebSocket(server);
    server.serializeAttachment({ nonce, openedAtMs: this.#decisions.now() } satisfies Attachment);
    send(server, { t: 'challenge', v: socketVersion, nonce });
    return new Response(null, { status: 101, webSocket: client });
  }

  async heard(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    const standing = socket.deserializeAttachment() as Attachment;
    // A device that was shut out gets no further answer, whether or not it heeds the close.
    if ('isShut' in standing) return;
    const message = readFrame(frame);
    if (message === undefined) {
      send(socket, { t: 'refused', code: 'malformed_request' });
      return;
    }
    if (message.t === 'prove') await this.#prove(socket, standing, message);
    else if ('nonce' in standing) socket.close(closing.notProved, 'prove first');
    else if (message.t === 'status') await this.#decisions.keepStatus(standing.deviceId, message);
    else await this.#answer(socket, standing, message);
  }

  /** Tells every scanner now. */
  say(announcement: Announcement): void {
    this.#sendAll({ t: 'say', announcement });
  }

  /** Whom these devices' sockets belong to no longer counts: they are closed, and not heard again. */
  shut(deviceIds: ReadonlySet<string>): void {
    for (const socket of this.#ctx.getWebSockets()) {
      const standing = socket.deserializeAttachment() as Attachment;
      if ('deviceId' in standing && deviceIds.has(standing.deviceId)) shutOne(socket, standing, 'device_revoked');
    }
  }

  /** Tells every gate what was just committed, soon and together. */
  committed(entries: readonly LogEntry<InventoryEntry>[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    this.#seq = last.seq;
    // Whoever comes later is told when it proves itself.
    if (this.#ctx.getWebSockets().length === 0) return;
    this.#news.push(...newsIn(entries));
    if (this.#news.length === 0 || this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => this.#pushNews(), newsEveryMs);
  }

  /** Which devices have an open, proved socket. */
  connected(): string[] {
    return this.#ctx.getWebSockets().flatMap((socket) => {
      const standing = socket.deserializeAttachment() as Attachment;
      return 'deviceId' in standing && standing.isShut === undefined ? [standing.deviceId] : [];
    });
  }

  #pushNews(): void {
    this.#isScheduled = false;
    const news = this.#news;
    this.#news = [];
    this.#sendAll({ t: 'news', seq: this.#seq, news });
  }

  #sendAll(message: ToScanner): void {
    const text = JSON.stringify(message);
    for (const socket of this.#ctx.getWebSockets()) {
      const standing = socket.deserializeAttachment() as Attachment;
      if ('deviceId' in standing && standing.isShut === undefined) sendText(socket, text);
    }
  }

  async #prove(
    socket: WebSocket,
    standing: Attachment,
    { deviceId, signature, since }: Extract<FromScanner, { t: 'prove' }>,
  ): Promise<void> {
    if (!('nonce' in standing)) return;
    const d = this.#decisions;
    const device = d.device(deviceId);
    const text = deviceProofText('socket', standing.nonce);
    const isProved = device !== undefined && (await d.isSignedBy(device.publicKey, text, signature));
    if (!isProved || device.revokedAtMs !== undefined || device.endsAtMs <= d.now()) {
      send(socket, { t: 'refused', code: isProved ? 'device_revoked' : 'device_unknown' });
      socket.close(closing.notProved, 'not proved');
      return;
    }
    const { gateId } = device;
    socket.serializeAttachment({ deviceId, gateId } satisfies Attachment);
    const { seq, news } = d.missedSince(since ?? Number.POSITIVE_INFINITY);
    const ready = { t: 'ready', seq, gateId, nowMs: d.now(), areGatesOpen: d.areGatesOpen() } as const;
    const announcement = d.announcement();
    send(socket, { ...ready, ...(news && { news }), ...(announcement && { announcement }) });
  }

  async #answer(
    socket: WebSocket,
    standing: Extract<Attachment, { deviceId: string }>,
    message: Request,
  ): Promise<void> {
    const waiting = this.#unanswered.get(socket) ?? 0;
    if (waiting >= unansweredLimit) {
      send(socket, { t: 'refused', id: message.id, code: 'too_many_unanswered', facts: { max: unansweredLimit } });
      return;
    }
    this.#unanswered.set(socket, waiting + 1);
    try {
      const answer = await this.#decide(standing, message).catch(undecided);
      if (answer.ok) send(socket, said(message, answer));
      else refuse(socket, standing, message.id, answer.failure);
    } finally {
      this.#unanswered.set(socket, (this.#unanswered.get(socket) ?? 1) - 1);
    }
  }

  #decide({ deviceId, gateId: ownGateId }: { deviceId: string; gateId: string }, message: Request) {
    // Who is on duty is the object's to know: it reads that with the device, in the transaction that decides.
    const at = { deviceId, staffId: '', isEnrolled: true };
    switch (message.t) {
      case 'scan': {
        const { t: _, id: scanId, gateId = ownGateId, ...scan } = message;
        return this.#decisions.scan({ ...scan, ...at, scanId, gateId });
      }
      case 'redeem': {
        const { t: _, id: redemptionId, gateId = ownGateId, ...redemption } = message;
        return this.#decisions.redeem({ ...redemption, ...at, redemptionId, gateId });
      }
      case 'undo':
        return this.#decisions.undo({ ...at, scanId: message.id, gateId: ownGateId });
    }
  }
}

function oldest(strangers: readonly WebSocket[]): WebSocket | undefined {
  const openedAt = (socket: WebSocket) => {
    const standing = socket.deserializeAttachment() as Attachment;
    return 'nonce' in standing ? standing.openedAtMs : 0;
  };
  return strangers.toSorted((a, b) => openedAt(a) - openedAt(b))[0];
}

function said(message: Request, answer: (ScanAnswer | UndoAnswer) & { ok: true }): ToScanner {
  const { value } = answer;
  return 'outcome' in value ? { t: 'verdict', id: message.id, verdict: value } : { t: 'undone', id: message.id };
}

/** The item threw or its group could not be written: nothing was decided, and the same id may be sent again. */
function undecided(error: unknown) {
  console.error('a scan was not decided', error);
  return fail('internal_error');
}

function refuse(
  socket: WebSocket,
  standing: Extract<Attachment, { deviceId: string }>,
  id: string,
  { code, facts }: Failure,
): void {
  const isOver = code === 'device_revoked' || code === 'device_unknown' || code === 'device_over';
  if (isOver) shutOne(socket, standing, code);
  else send(socket, { t: 'refused', id, code, ...(facts && { facts }) });
}

function shutOne(socket: WebSocket, standing: Extract<Attachment, { deviceId: string }>, code: string): void {
  socket.serializeAttachment({ ...standing, isShut: true } satisfies Attachment);
  socket.close(closing.deviceShut, code);
}

function readFrame(frame: string | ArrayBuffer): FromScanner | undefined {
  if (typeof frame !== 'string' || frame.length > frameLimit) return undefined;
  try {
    const parsed = v.safeParse(fromScannerSchema, JSON.parse(frame));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function send(socket: WebSocket, message: ToScanner): void {
  sendText(socket, JSON.stringify(message));
}

function sendText(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // Closed meanwhile: the scanner reconnects and sends the same ids again.
  }
}
