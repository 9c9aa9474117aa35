import { compressPoint, deviceProofText } from '#shared/access/device-proof.ts';
import type { DeviceEnrolment } from '#objects/event-inventory/client.ts';
import { dayMs } from '#shared/time.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';

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

export async function signProof(device: TestDevice, nonce: string): Promise<string> {
  const text = new TextEncoder().encode(deviceProofText('socket', nonce));
  return toBase64Url(
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, device.privateKey, text)),
  );
}
