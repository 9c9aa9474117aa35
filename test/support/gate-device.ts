import { compressPoint, deviceProofText } from '#shared/access/device-proof.ts';
import type { FromScanner, ToScanner } from '#shared/gate/socket-messages.ts';
import type { DeviceEnrolment } from '#objects/event-inventory/client.ts';
import { dayMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { InventoryStub } from './inventory.ts';

export type TestDevice = { readonly deviceId: string; readonly publicKey: string; readonly privateKey: CryptoKey };

/** A scanner's key as its browser makes it. */
export async function newDevice(): Promise<TestDevice> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  const publicKey = toBase64Url(compressPoint(raw));
  return { deviceId: `dev_${crypto.randomUUID()}`, publicKey, privateKey: pair.privateKey };
}

export function enrolment(device: TestDevice, overrides: Partial<DeviceEnrolment> = {}): DeviceEnrolment {
  const { deviceId, publicKey } = device;
  const base = { label: 'Lane 1', gateId: 'north', role: 'gate_steward', isShared: false } as const;
  const who = { staffId: 'per_steward', enrolledBy: 'per_supervisor', endsAtMs: Date.now() + dayMs };
  return { ...base, ...who, deviceId, publicKey, ...overrides };
}

export async function enrolled(stub: InventoryStub, overrides: Partial<DeviceEnrolment> = {}): Promise<TestDevice> {
  const device = await newDevice();
  const [answer] = await stub.enrolDevices([enrolment(device, overrides)]);
  if (answer?.ok !== true) throw new Error(`Not enrolled: ${JSON.stringify(answer)}`);
  return device;
}

export async function signProof(device: TestDevice, nonce: string): Promise<string> {
  const text = new TextEncoder().encode(deviceProofText('socket', nonce));
  return toBase64Url(
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, device.privateKey, text)),
  );
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
