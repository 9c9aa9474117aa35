import type { GateNews } from '#shared/gate/socket-messages.ts';
import { keptKey, signProof } from './device-key.ts';
import { GateSocket } from './gate-socket.ts';
import type { Reply, Scan } from './scan-queue.ts';

/** An answer slower than this is asked for by HTTP, under the same id: whichever comes first counts, and they agree. */
const answerWithinMs = 2_500;

export type ScanLink = {
  /** The event's answer; `unreachable` when the socket does not stand or does not answer in time. */
  readonly ask: (scan: Scan & { readonly gateId: string }) => Promise<Reply>;
};

type Heard = {
  readonly news: (news: readonly GateNews[]) => void;
  /** This device no longer counts. */
  readonly shut: () => void;
};

/** An enrolled phone's socket to its event: opened with its key, opened again by itself when it is lost. */
export function openScanLink(path: string, deviceId: string, { news, shut }: Heard): ScanLink {
  const waiting = new Map<string, (reply: Reply) => void>();
  let isOnline = false;
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
    },
    {
      answered({ id }, answer) {
        if (answer.t === 'verdict') settle(id, { kind: 'verdict', verdict: answer.verdict });
        // Why not, in words for people, is HTTP's to say.
        else settle(id, unreachable);
      },
      news,
      state(state) {
        isOnline = state === 'online';
        if (state === 'away') for (const id of waiting.keys()) settle(id, unreachable);
        if (state === 'shut') shut();
      },
    },
  );
  void socket.connect();
  return {
    ask({ scanId: id, ...scan }) {
      if (!isOnline) return Promise.resolve(unreachable);
      return new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        setTimeout(() => {
          socket.forget(id);
          settle(id, unreachable);
        }, answerWithinMs);
        socket.ask({ t: 'scan', id, ...scan });
      });
    },
  };
}

const unreachable: Reply = { kind: 'unreachable', retryAfterMs: undefined };
