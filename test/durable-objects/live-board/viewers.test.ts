import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { liveBoardOf, lookAgainCode, tooFarBehindCode } from '#objects/live-board/client.ts';
import { LiveBoardObject } from '#objects/live-board/object.ts';
import type { LiveBoardPorts } from '#objects/live-board/ports.ts';
import { acknowledgeEvery, type LiveSnapshot } from '#shared/live/snapshot.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';

function snapshot(seq: number): LiveSnapshot {
  return { atMs: 0, seq, types: [], gates: [], arrivals: [], links: [], zones: [] };
}

/** A viewer's end of its socket. */
class Viewer {
  readonly heard: LiveSnapshot[] = [];
  closedWith: number | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      this.heard.push(JSON.parse(data as string) as LiveSnapshot);
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
  readonly board: LiveBoardObject;
  readonly state: DurableObjectState;
  readonly watch: () => Promise<Viewer>;
};

/** A board over ports of the test's own. */
function onBoard<Answer>(ports: Partial<LiveBoardPorts>, use: (inside: Inside) => Promise<Answer>): Promise<Answer> {
  const stub = liveBoardOf(environment.LIVE_BOARD, `evt_${crypto.randomUUID()}`);
  return runInDurableObject(stub, (_instance, state) => {
    const all: LiveBoardPorts = {
      // Ahead of the real clock, so that the real alarm does not ring in between.
      clock: () => Date.now() + hourMs,
      pull: () => Promise.resolve(snapshot(1)),
      looking: () => Promise.reject(new Error('nobody knows')),
      ...ports,
    };
    const board = new LiveBoardObject(state, environment, all);
    const watch = async () => {
      const answer = await board.fetch(new Request('https://board.example/', { headers: { upgrade: 'websocket' } }));
      if (answer.webSocket === null) throw new Error(`No socket: ${answer.status}`);
      return new Viewer(answer.webSocket);
    };
    return use({ board, state, watch });
  });
}

describe('a viewer', () => {
  it('gets a snapshot and its sequence at once, and again after a reconnect', async () => {
    await onBoard({ pull: () => Promise.resolve(snapshot(7)) }, async ({ board, watch }) => {
      const first = await watch();
      await first.until(() => first.heard.length === 1);
      board.publish(snapshot(9));
      await first.until(() => first.heard.length === 2);
      const back = await watch();
      await back.until(() => back.heard.length === 1);
      expect(first.heard.map(({ seq }) => seq)).toEqual([7, 9]);
      expect(back.heard[0]?.seq).toBe(9);
    });
  });

  it('is never told an older snapshot after a newer one', async () => {
    await onBoard({}, async ({ board, watch }) => {
      const viewer = await watch();
      board.publish(snapshot(5));
      board.publish(snapshot(4));
      board.publish(snapshot(6));
      await viewer.until(() => viewer.heard.at(-1)?.seq === 6);
      const seqs = viewer.heard.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(seqs).not.toContain(4);
    });
  });

  it('that stopped reading is let go, and one that says it has read is not', async () => {
    await onBoard({}, async ({ board, state, watch }) => {
      const laggard = await watch();
      const [laggardsEnd] = state.getWebSockets();
      const reader = await watch();
      const readersEnd = state.getWebSockets().find((socket) => socket !== laggardsEnd);
      if (readersEnd === undefined) throw new Error('Both are there');
      for (let seq = 2; seq < 2 + 5 * acknowledgeEvery; seq += 1) {
        board.publish(snapshot(seq));
        await reader.until(() => reader.heard.at(-1)?.seq === seq);
        // As the reader's `seen` arrives.
        if (seq % acknowledgeEvery === 0) board.webSocketMessage(readersEnd);
      }
      await laggard.until(() => laggard.closedWith !== undefined);
      expect([laggard.closedWith, reader.closedWith]).toEqual([tooFarBehindCode, undefined]);
    });
  });
});

describe('a socket whose time is over', () => {
  it('is closed within five minutes, so that its session is asked for again', async () => {
    let now = Date.now() + hourMs;
    await onBoard({ clock: () => now }, async ({ board, watch }) => {
      const viewer = await watch();
      now += 3 * minuteMs;
      await board.alarm();
      expect(viewer.closedWith).toBeUndefined();
      now += 2 * minuteMs;
      await board.alarm();
      await viewer.until(() => viewer.closedWith !== undefined);
      expect(viewer.closedWith).toBe(lookAgainCode);
    });
  });
});

describe('many viewers', () => {
  it('are told in slices, all of them, the newest snapshot', async () => {
    await onBoard({}, async ({ board, watch }) => {
      const viewers: Viewer[] = [];
      for (let count = 0; count < 600; count += 1) viewers.push(await watch());
      board.publish(snapshot(2));
      board.publish(snapshot(3));
      await Promise.all(viewers.map((viewer) => viewer.until(() => viewer.heard.at(-1)?.seq === 3)));
      expect(board.publish(snapshot(4))).toEqual({ viewers: 600 });
    });
  });

  it('hear how many look at the event’s page, from the first snapshot on', async () => {
    await onBoard({ looking: () => Promise.resolve(12) }, async ({ board, watch }) => {
      const viewer = await watch();
      await board.alarm();
      await viewer.until(() => viewer.heard.length === 2);
      expect(viewer.heard.map(({ looking }) => looking)).toEqual([12, 12]);
    });
  });

  it('keep their numbers when nobody knows how many look', async () => {
    await onBoard({ looking: () => Promise.reject(new Error('gone')) }, async ({ board, watch }) => {
      const viewer = await watch();
      await board.alarm();
      await viewer.until(() => viewer.heard.length === 2);
      expect(viewer.heard[1]).toEqual(snapshot(1));
    });
  });
});
