import type { FromScanner } from '#shared/gate/scanner-messages.ts';
import type { ToScanner } from '#shared/gate/socket-messages.ts';
import type { DeviceEnrolment } from '#objects/event-inventory/client.ts';
import type { InventoryStub } from './inventory.ts';
import { enrolment, newDevice, signProof, type TestDevice } from './scanner-key.ts';

export { enrolment, newDevice, signProof, type TestDevice };

export async function enrolled(stub: InventoryStub, overrides: Partial<DeviceEnrolment> = {}): Promise<TestDevice> {
  const device = await newDevice();
  const [answer] = await stub.enrolDevices([enrolment(device, overrides)]);
  if (answer?.ok !== true) throw new Error(`Not enrolled: ${JSON.stringify(answer)}`);
  return device;
}

/** A scanner's end of a gate socket: says things, and waits for what is said. */
export class Lane {
  readonly #socket: WebSocket;
  readonly #heard: ToScanner[] = [];
  #wake: (() => void) | undefined;
  closedWith: number | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#heard.push(JSON.parse(data as string) as ToScanner);
      this.#wake?.();
    });
    socket.addEventListener('close', ({ code }) => {
      this.closedWith = code;
      this.#wake?.();
    });
    socket.accept();
  }

  static async open(stub: InventoryStub): Promise<Lane> {
    const response = await stub.fetch('https://gate.example/', { headers: { upgrade: 'websocket' } });
    if (response.webSocket === null) throw new Error(`No socket: ${response.status}`);
    return new Lane(response.webSocket);
  }

  static async proved(stub: InventoryStub, device: TestDevice, since?: number): Promise<Lane> {
    const lane = await Lane.open(stub);
    const { nonce } = await lane.next('challenge');
    lane.say({ t: 'prove', deviceId: device.deviceId, signature: await signProof(device, nonce), since });
    return lane;
  }

  say(message: FromScanner): void {
    this.#socket.send(JSON.stringify(message));
  }

  sayText(text: string): void {
    this.#socket.send(text);
  }

  /** The next message of a kind, in the order they came; other kinds stay for those who ask for them. */
  async next<Kind extends ToScanner['t']>(kind: Kind): Promise<Extract<ToScanner, { t: Kind }>> {
    for (;;) {
      const at = this.#heard.findIndex(({ t }) => t === kind);
      if (at >= 0) return this.#heard.splice(at, 1)[0] as Extract<ToScanner, { t: Kind }>;
      if (this.closedWith !== undefined) throw new Error(`Closed with ${this.closedWith} before a ${kind}`);
      await this.#somethingNew();
    }
  }

  async closed(): Promise<number> {
    while (this.closedWith === undefined) await this.#somethingNew();
    return this.closedWith;
  }

  /** What was said and not asked for yet. */
  unread(): readonly ToScanner[] {
    return this.#heard;
  }

  #somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
