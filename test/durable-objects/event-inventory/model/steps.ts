import type { HoldRequest, ScanRequest } from '#objects/event-inventory/client.ts';
import type { RedemptionRequest } from '#objects/event-inventory/redemptions.ts';
import type { WaitlistEntry } from '#objects/event-inventory/waitlist.ts';
import { ticketBytesOf } from '#shared/ids.ts';
import { encodeHeader, writePrintedCode } from '#shared/tickets/code.ts';
import { redeem, scan, type Shown } from './gate.ts';
import { confirm, hold, issue, passTime } from './holds.ts';
import { join } from './line.ts';
import { look, same } from './look.ts';
import { authentic, type Machine } from './machine.ts';
import { no, type World } from './world.ts';

/** What was sent under a key: it is sent again, unchanged and changed (I5). */
export type Sent =
  | { kind: 'hold'; request: HoldRequest }
  | { kind: 'scan'; request: ScanRequest; shown: Shown }
  | { kind: 'redeem'; request: RedemptionRequest; shown: Shown }
  | { kind: 'join'; request: WaitlistEntry };

/** One run: the model, the machine, and what went between them. */
export type Run = { readonly world: World; readonly machine: Machine; readonly sent: Sent[]; serial: number };

/** Each step asks the object first, because ids are read off its answers; then the model; then compares all there is. */
export async function sendHolds(run: Run, requests: HoldRequest[]): Promise<void> {
  const answers = await run.machine.inside((inventory) => inventory.holdMany(requests));
  if (run.machine.isClockBroken) {
    same(
      'a group that failed',
      answers,
      requests.map(() => no('internal_error')),
    );
    return;
  }
  passTime(run.world);
  same(
    'hold',
    answers,
    requests.map((request) => hold(run.world, request)),
  );
  run.sent.push(...requests.map((request) => ({ kind: 'hold' as const, request })));
}

/** The same request twice: it is one sale. */
export async function sendIssue(run: Run, request: HoldRequest): Promise<void> {
  const answers = await run.machine.inside((inventory) => inventory.issueMany([request, request]));
  passTime(run.world);
  same('issue', answers, [issue(run.world, request, answers[0]), issue(run.world, request, answers[1])]);
  run.sent.push({ kind: 'hold', request });
}

export async function sendConfirms(run: Run, holdIds: string[], breaksAt = 0): Promise<void> {
  run.machine.breakAtTicket(breaksAt);
  const answers = await run.machine.inside((inventory) => inventory.confirmMany(holdIds));
  run.machine.breakAtTicket(0);
  passTime(run.world);
  let drawn = 0;
  const expected = holdIds.map((holdId, index) => {
    const found = run.world.holds.get(holdId);
    const isOpen = (found?.status === 'held' || found?.status === 'firm') && run.world.rules.status !== 'cancelled';
    const wanted =
      isOpen && !holdId.startsWith('offer/') ? found.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
    const isBroken = drawn < breaksAt && breaksAt <= drawn + wanted;
    drawn = isBroken ? breaksAt : drawn + wanted;
    return confirm(run.world, holdId, answers[index], isBroken);
  });
  same('confirm', answers, expected);
}

export async function sendScans(run: Run, scans: { request: ScanRequest; shown: Shown }[]): Promise<void> {
  const requests = scans.map(({ request }) => request);
  const answers = await run.machine.inside((inventory) => inventory.scanMany(requests));
  passTime(run.world);
  same(
    'scan',
    answers,
    scans.map(({ request, shown }) => scan(run.world, request, shown)),
  );
  run.sent.push(...scans.map((each) => ({ kind: 'scan' as const, ...each })));
}

export async function sendRedemption(run: Run, request: RedemptionRequest, shown: Shown): Promise<void> {
  const answers = await run.machine.inside((inventory) => inventory.redeemMany([request]));
  passTime(run.world);
  same('redeem', answers, [redeem(run.world, request, shown)]);
  run.sent.push({ kind: 'redeem', request, shown });
}

export async function sendJoin(run: Run, request: WaitlistEntry): Promise<void> {
  const answers = await run.machine.inside((inventory) => inventory.joinWaitlist([request]));
  passTime(run.world);
  same('join', answers, [join(run.world, request)]);
  run.sent.push({ kind: 'join', request });
}

/** The same key again, with the same payload or another. */
export async function sendAgain(run: Run, sent: Sent, isChanged: boolean): Promise<void> {
  const by = isChanged ? 1 : 0;
  if (sent.kind === 'hold') {
    const [first, ...rest] = sent.request.lines;
    const lines = first === undefined ? [] : [{ ...first, quantity: first.quantity + by }, ...rest];
    await sendHolds(run, [{ ...sent.request, lines }]);
  } else if (sent.kind === 'scan') {
    // A scan that was rejected left no answer: then the changed one is decided, and must still be what the model is told.
    const other = sent.request.gateId === 'stairs' ? 'north' : 'stairs';
    const gateId = isChanged ? other : sent.request.gateId;
    await sendScans(run, [{ request: { ...sent.request, gateId }, shown: sent.shown }]);
  } else if (sent.kind === 'redeem') {
    const quantity = sent.request.quantity + by;
    await sendRedemption(run, { ...sent.request, quantity }, sent.shown);
  } else await sendJoin(run, { ...sent.request, quantity: sent.request.quantity + by });
}

/** The text that stands for what is shown. */
export function textOf(world: World, shown: Shown): string {
  if (shown.how === 'typed') return shown.handle;
  if (shown.how !== 'code') return shown.how === 'junk' ? 'no code at all' : '';
  const eventNumber = world.rules.eventNumber + (shown.isOtherEvents ? 1 : 0);
  const ticket = ticketBytesOf(shown.ticketId) ?? new Uint8Array(8);
  const header = encodeHeader('printed', { keyId: 1, eventNumber, ticket, generation: shown.generation });
  const signature = new Uint8Array(64).fill(shown.isForged ? 0 : authentic);
  return writePrintedCode(header, new Uint8Array(8), signature);
}

export const lookAt = ({ world, machine }: Run) => look(world, machine);
