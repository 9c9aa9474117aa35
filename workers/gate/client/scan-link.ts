import type { ScannerStatus } from '#shared/gate/scanner-messages.ts';
import type { Announcement } from '#shared/gate/socket-messages.ts';
import { keptKey, signProof } from './device-key.ts';
import { GateSocket, type NewsFrame } from './gate-socket.ts';
import type { Reply, Scan } from './scan-queue.ts';

const beatEveryMs = 4_000;

export type ScanLink = {
  readonly isOpen: () => boolean;
  /** Says how this scanner is; lost without harm. */
  readonly tell: (status: ScannerStatus) => void;
  /**
   * The event's answer, however late it comes as long as this connection lives; `unreachable` once it does not. A question is
   * never carried over to the next connection: by then the gate has decided, and its log says so.
   */
  readonly ask: (scan: Scan & { readonly gateId: string }) => Promise<Reply>;
};

type Heard = {
  readonly news: (frame: NewsFrame) => void;
  readonly missed: () => void;
  readonly gates: (areOpen: boolean) => void;
  readonly announced: (announcement: Announcement) => void;
  readonly state: (isOpen: boolean) => void;
  /** An attempt to open it came to nothing; it is made again. */
  readonly failed: () => void;
  /** This device no longer counts. */
  readonly shut: () => void;
  readonly since: () => Promise<number>;
};

/** An enrolled phone's socket to its event: opened with its key, opened again by itself when it is lost. */
export function openScanLink(path: string, deviceId: string, heard: Heard): ScanLink {
  const waiting = new Map<string, (reply: Reply) => void>();
  let isOpen = false;
  const settle = (id: string, reply: Reply) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  };
  const socket = new GateSocket(
    {
      open: () => Promise.resolve(new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')))),
      async prove(nonce) {
        const key = await keptKey();
        if (key === undefined) throw new Error('This phone holds no key');
        return { deviceId, signature: await signProof(key, 'socket', nonce) };
      },
      after: (delayMs, work) => void setTimeout(work, delayMs),
      chance: Math.random,
      since: heard.since,
    },
    {
      answered({ id }, answer) {
        if (answer.t === 'verdict') settle(id, { kind: 'verdict', verdict: answer.verdict });
        // Why not, in words for people, is HTTP's to say.
        else settle(id, unreachable);
      },
      news: heard.news,
      missed: heard.missed,
      gates: heard.gates,
      announced: heard.announced,
      state(state) {
        const wasOpen = isOpen;
        isOpen = state === 'online';
        if (state === 'away') giveUp();
        if (wasOpen !== isOpen) heard.state(isOpen);
        else if (state === 'away') heard.failed();
        if (state === 'shut') heard.shut();
      },
    },
  );
  function giveUp(): void {
    for (const id of waiting.keys()) {
      socket.forget(id);
      settle(id, unreachable);
    }
  }
  setInterval(() => socket.beat(), beatEveryMs);
  addEventListener('offline', () => socket.drop());
  void socket.connect();
  return {
    isOpen: () => isOpen,
    tell: (status) => socket.tell(status),
    ask({ scanId: id, ...scan }) {
      if (!isOpen) return Promise.resolve(unreachable);
      return new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        socket.ask({ t: 'scan', id, ...scan });
      });
    },
  };
}

const unreachable: Reply = { kind: 'unreachable', retryAfterMs: undefined };
