import type { ToScanner } from '#shared/gate/socket-messages.ts';
import { signProof, type TestDevice } from '#test/support/scanner-key.ts';

type Waiting = { readonly frame: string; readonly resolve: (verdict: unknown) => void };

const reconnectAfterMs = 60;

/**
 * A scanner on a gate socket that does not give up: after each loss of its connection it proves itself anew and sends
 * what was not answered again, under the same ids.
 */
export class TrialLane {
  readonly #url: string;
  readonly #device: TestDevice;
  readonly #waiting = new Map<string, Waiting>();
  #socket: WebSocket | undefined;
  #isReady = false;
  #isOver = false;

  constructor(url: string, device: TestDevice) {
    this.#url = url;
    this.#device = device;
    this.#open();
  }

  /** The verdict, as it was said; never settles once the lane is closed. */
  scan(id: string, code: string): Promise<unknown> {
    return new Promise((resolve) => {
      const frame = JSON.stringify({ t: 'scan', id, code });
      this.#waiting.set(id, { frame, resolve });
      if (this.#isReady) this.#socket?.send(frame);
    });
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.close();
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      void this.#heard(socket, JSON.parse(data as string) as ToScanner);
    });
    const lost = () => {
      if (this.#socket !== socket || this.#isOver) return;
      this.#socket = undefined;
      this.#isReady = false;
      setTimeout(() => this.#open(), reconnectAfterMs);
    };
    socket.addEventListener('close', lost);
    socket.addEventListener('error', lost);
  }

  async #heard(socket: WebSocket, message: ToScanner): Promise<void> {
    switch (message.t) {
      case 'challenge': {
        const { deviceId } = this.#device;
        const signature = await signProof(this.#device, message.nonce);
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ t: 'prove', deviceId, signature }));
        return;
      }
      case 'ready':
        this.#isReady = true;
        for (const { frame } of this.#waiting.values()) socket.send(frame);
        return;
      case 'verdict':
        this.#waiting.get(message.id)?.resolve(message.verdict);
        this.#waiting.delete(message.id);
        return;
      case 'refused': {
        // Not decided: asked again, as a scanner would.
        const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id);
        if (waiting !== undefined) {
          setTimeout(() => this.#isReady && this.#socket?.send(waiting.frame), reconnectAfterMs);
        }
        break;
      }
      case 'undone':
      case 'news':
      case 'say':
    }
  }
}
