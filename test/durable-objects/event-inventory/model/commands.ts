import * as fc from 'fast-check';
import type { ScanRequest } from '#objects/event-inventory/client.ts';
import { overrideCauses } from '#shared/admission/verdict.ts';
import { requestedMoves } from '#shared/tickets/status.ts';
import { edits, firstRules, holdMs, type Edit } from './document.ts';
import { applyRules, grant, move } from './edits.ts';
import { takeBack, type Shown } from './gate.ts';
import { customer, transferSteps } from './transfer-steps.ts';
import { firm, passTime, release } from './holds.ts';
import { leave } from './line.ts';
import { same } from './look.ts';
import { nth, step, type Step } from './step.ts';
import {
  sendAgain,
  sendConfirms,
  sendHolds,
  sendIssue,
  sendJoin,
  sendRedemption,
  sendScans,
  textOf,
  type Run,
} from './steps.ts';
import { no, yes, type World } from './world.ts';

const typeIds = firstRules.ticketTypes.map(({ id }) => id);
const quantity = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 1e9) },
);
const line = fc.record({ typeId: fc.constantFrom(...typeIds), quantity });
const lines = fc.oneof(
  { weight: 8, arbitrary: fc.array(line, { minLength: 1, maxLength: 2 }) },
  {
    weight: 2,
    arbitrary: fc.constant([
      { typeId: 'named', quantity: 1 },
      { typeId: 'mate', quantity: 1 },
    ]),
  },
  { weight: 1, arbitrary: fc.constant([{ typeId: 'gone', quantity: 1 }]) },
);
const wish = fc.record({
  customerId: customer,
  lines,
  firm: fc.boolean(),
  via: fc.constantFrom(undefined, undefined, 'lnk_a', 'lnk_b'),
  ttlMs: fc.constantFrom(holdMs, 2 * holdMs),
});
const holdIdsOf = (world: World) => [...world.holds.keys()];

const holds = step('hold', fc.array(wish, { minLength: 1, maxLength: 3 }), (run, wishes) =>
  sendHolds(
    run,
    wishes.map((each) => {
      const holdId = `ord_${(run.serial += 1)}`;
      return { ...each, holdId, orderId: holdId, holderName: `Name of ${each.customerId}` };
    }),
  ),
);

const buys = step('buy', wish, async (run, each) => {
  const holdId = `ord_${(run.serial += 1)}`;
  await sendHolds(run, [{ ...each, holdId, orderId: holdId, holderName: `Name of ${each.customerId}` }]);
  await sendConfirms(run, [holdId]);
});

const issues = step('issue', wish, (run, each) => {
  const holdId = `ord_${(run.serial += 1)}`;
  return sendIssue(run, { ...each, firm: true, holdId, orderId: holdId, holderName: `Name of ${each.customerId}` });
});

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
const confirms = step('confirm', fc.tuple(picks, fc.constantFrom(0, 0, 0, 1, 2)), (run, [chosen, breaksAt]) => {
  const ids = chosen.map((n) => nth(holdIdsOf(run.world), n) ?? 'ord_unknown');
  return sendConfirms(run, ids, breaksAt);
});

const firms = step('firm', fc.nat(), async (run, n) => {
  const holdId = nth(holdIdsOf(run.world), n) ?? 'ord_unknown';
  const answers = await run.machine.inside((inventory) => inventory.firmMany([holdId, holdId]));
  passTime(run.world);
  same('firm', answers, [firm(run.world, holdId), firm(run.world, holdId)]);
});

const releases = step('release', fc.tuple(fc.nat(), fc.nat(9)), async (run, [n, early]) => {
  const ids = holdIdsOf(run.world);
  // Now and then before the hold was made: what comes later under this id must take nothing.
  const holdId = early === 0 ? `ord_${run.serial + 1}` : (nth(ids, n) ?? 'ord_unknown');
  const answers = await run.machine.inside((inventory) => inventory.releaseMany([holdId]));
  passTime(run.world);
  same('release', answers, [release(run.world, holdId)]);
});

const acceptances = step('accept', fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 }), customer), async (run, input) => {
  const [n, wanted, somebody] = input;
  const offered = nth(
    run.world.line.filter(({ status }) => status === 'offered'),
    n,
  );
  const holdId = `ord_${(run.serial += 1)}`;
  const entry = offered ?? { entryId: 'wai_none', typeId: 'day', quantity: 1, customerId: somebody };
  const taking = [{ typeId: entry.typeId, quantity: Math.min(wanted, entry.quantity) }];
  const customerId = n % 5 === 0 ? somebody : entry.customerId;
  await sendHolds(run, [
    { holdId, orderId: holdId, customerId, lines: taking, firm: true, ttlMs: holdMs, offerId: entry.entryId },
  ]);
  await sendConfirms(run, [holdId]);
});

const joins = step('join', fc.record({ customerId: customer, ...linesOf() }), (run, wanted) =>
  sendJoin(run, { ...wanted, entryId: `wai_${(run.serial += 1)}` }),
);
function linesOf() {
  return { typeId: fc.constantFrom('day', 'whole', 'group', 'twice', 'named', 'gone'), quantity };
}

const leaves = step('leave', fc.nat(), async (run, n) => {
  const entryId = nth(run.world.line, n)?.entryId ?? 'wai_unknown';
  const answers = await run.machine.inside((inventory) => inventory.leaveWaitlist([entryId]));
  passTime(run.world);
  same('leave', answers, [leave(run.world, entryId)]);
});

const grants = step(
  'grant',
  fc.record({
    entitlementId: fc.constantFrom('lnk_a', 'lnk_b'),
    typeId: fc.constantFrom('prize', 'prize', 'day', 'gone'),
    granted: fc.constantFrom(1, 2, 3, 0),
    hours: fc.constantFrom(1, 30),
  }),
  async (run, { hours, ...rest }) => {
    const entitlement = { ...rest, endsAtMs: run.machine.now + hours * 3_600_000 };
    const answers = await run.machine.inside((inventory) => inventory.grantEntitlements([entitlement]));
    passTime(run.world);
    same('grant', answers, [grant(run.world, entitlement)]);
  },
);

const gateOf = fc.constantFrom('north', 'north', 'main', 'main', 'stairs', 'shop', 'cellar');
const presentation = fc.oneof(
  { weight: 12, arbitrary: fc.constant('code') },
  { weight: 3, arbitrary: fc.constant('typed') },
  { weight: 5, arbitrary: fc.constantFrom('old', 'other', 'forged', 'junk', 'guess', 'looked up', 'never issued') },
);
const visit = fc.record({
  pick: fc.nat(),
  shown: presentation,
  gateId: gateOf,
  direction: fc.constantFrom('in', 'in', 'in', 'out', undefined),
  identity: fc.constantFrom(undefined, undefined, 'name', 'document'),
  override: fc.option(fc.constantFrom(...overrideCauses), { freq: 6, nil: undefined }),
  device: fc.constantFrom('web', 'web', 'lane', 'boss', 'shared', 'stranger'),
  hasPlace: fc.boolean(),
});
type Visit = typeof visit extends fc.Arbitrary<infer V> ? V : never;

function showing(world: World, { pick, shown }: { pick: number; shown: string }): Shown {
  const ticket = nth(world.tickets, pick);
  if (ticket === undefined || shown === 'junk') return { how: 'junk' };
  if (shown === 'guess') return { how: 'typed', handle: `${pick % 1e9}`.padStart(10, '0') };
  if (shown === 'typed') return { how: 'typed', handle: ticket.handle };
  if (shown === 'looked up') return { how: 'looked up', ticketId: ticket.id };
  const ticketId = shown === 'never issued' ? 'tkt_0000000000000' : ticket.id;
  const generation = ticket.generation - (shown === 'old' ? 1 : 0);
  return { how: 'code', ticketId, generation, isForged: shown === 'forged', isOtherEvents: shown === 'other' };
}

function atGate(run: Run, { device, gateId, hasPlace }: Pick<Visit, 'device' | 'gateId' | 'hasPlace'>) {
  const place = hasPlace ? { location: { latitude: 6.4, longitude: 3.4 }, deviceAtMs: run.machine.now - 1e9 } : {};
  return { gateId, deviceId: device, staffId: 'per_web', isEnrolled: device === 'web' ? undefined : true, ...place };
}

const scans = step('scan', fc.array(visit, { minLength: 1, maxLength: 3 }), (run, visits) =>
  sendScans(
    run,
    visits.map((each) => {
      const shown = showing(run.world, each);
      const { direction, identity, override } = each;
      const request: ScanRequest = {
        ...atGate(run, each),
        scanId: `scn_${(run.serial += 1)}`,
        code: textOf(run.world, shown),
        ticketId: shown.how === 'looked up' ? shown.ticketId : undefined,
        direction,
        identity,
        override: override === undefined ? undefined : { cause: override },
      };
      return { request, shown };
    }),
  ),
);

const undos = step(
  'undo',
  fc.record({ back: fc.nat(4), own: fc.nat(3), who: visit, isSupervised: fc.boolean() }),
  async (run, input) => {
    const { back, own, who, isSupervised } = input;
    const sent = run.sent.filter((each) => each.kind === 'scan' || each.kind === 'redeem');
    const one = sent.at(-1 - back);
    const scanId = one?.kind === 'scan' ? one.request.scanId : (one?.request.redemptionId ?? 'scn_unknown');
    const device = own > 0 && one !== undefined ? (one.request.deviceId as 'web') : who.device;
    const request = { ...atGate(run, { ...who, device }), scanId, isSupervised };
    const answers = await run.machine.inside((inventory) => inventory.undoMany([request]));
    passTime(run.world);
    same('undo', answers, [takeBack(run.world, request)]);
  },
);

const redemptions = step(
  'redeem',
  fc.record({ who: visit, benefitId: fc.constantFrom('gift', 'bag', 'none'), quantity }),
  (run, { who, ...wanted }) => {
    const pickable = run.world.tickets.filter(({ typeId }) => typeId === 'day' || typeId === 'named');
    const seen = showing(pickable.length > 0 ? { ...run.world, tickets: pickable } : run.world, who);
    const shown: Shown = seen.how === 'looked up' ? { how: 'junk' } : seen;
    const request = { ...atGate(run, who), redemptionId: `red_${(run.serial += 1)}`, code: textOf(run.world, shown) };
    return sendRedemption(run, { ...request, ...wanted }, shown);
  },
);

const movesOf = step('move', fc.tuple(fc.nat(), fc.constantFrom(...requestedMoves)), async (run, [n, what]) => {
  const ticketId = nth(run.world.tickets, n)?.id ?? 'tkt_unknown';
  const answers = await run.machine.inside((inventory) => inventory.moveMany([{ ticketId, move: what }]));
  passTime(run.world);
  same('move', answers, [move(run.world, ticketId, what)]);
});

const forgets = step('forget', fc.nat(), async (run, n) => {
  const ticket = nth(run.world.tickets, n);
  const answers = await run.machine.inside((inventory) => inventory.forgetHolders([ticket?.id ?? 'tkt_unknown']));
  passTime(run.world);
  if (ticket !== undefined) ticket.name = undefined;
  same('forget', answers, [ticket === undefined ? no('ticket_unknown') : yes()]);
});

const names = Object.keys(edits) as Edit[];
const publications = step(
  'edit',
  fc.tuple(fc.constantFrom(...names, 'goOn', 'goOn', 'goOn'), fc.constantFrom(1, 1, 1, 1, 0, -1), fc.boolean()),
  async (run, input) => {
    const [edit, ahead, isSameHash] = input;
    const version = run.world.version + ahead;
    const hash = ahead === 1 || isSameHash ? `hash-${version}` : 'hash-other';
    const rules = edits[edit](run.world.rules);
    const answer = await run.machine.inside((inventory) => inventory.applyRules(version, hash, JSON.stringify(rules)));
    passTime(run.world);
    same('edit', answer, applyRules(run.world, version, hash, rules));
  },
);

const minutes = fc.constantFrom(1, 2, 3, 6, 11, 31, 100, 60 * 9, 60 * 14);
const waits = step('wait', minutes, async (run, by) => {
  run.machine.now += by * 60_000;
  run.world.now = run.machine.now;
});

const alarms = step('alarm', fc.constantFrom(1, 2), async (run, times) => {
  for (let rung = 0; rung < times; rung += 1) {
    await run.machine.inside(async (inventory, { storage }) => {
      // As when it rings: what was set is gone, and what is still due must be set again.
      await storage.deleteAlarm();
      await inventory.alarm();
    });
  }
  passTime(run.world);
});

const openings = step('gates', fc.boolean(), async (run, isOn) => {
  const order = { isOn, cause: 'evacuation' as const, staffId: 'per_chief' };
  const answer = await run.machine.inside((inventory) => inventory.setAdmitAll(order));
  passTime(run.world);
  const { cause, staffId } = order;
  if (run.world.areGatesOpen !== isOn) {
    run.world.traces.push({ kind: isOn ? 'gates.opened' : 'gates.closed', cause, staffId });
  }
  run.world.areGatesOpen = isOn;
  same('gates', answer, yes());
});

const revocations = step('revoke', fc.constantFrom('lane', 'shared', 'nobody'), async (run, deviceId) => {
  const answers = await run.machine.inside((inventory) =>
    inventory.revokeDevices([{ deviceId, staffId: 'per_chief' }]),
  );
  passTime(run.world);
  const device = run.world.devices.get(deviceId);
  if (device?.revoked === false) {
    device.revoked = true;
    run.world.traces.push({ kind: 'device.revoked', deviceId, staffId: 'per_chief' });
  }
  same('revoke', answers, [device === undefined ? no('device_unknown') : yes()]);
});

const shifts = step('shift', fc.constantFrom(undefined, 'per_late', 'per_early'), async (run, staffId) => {
  const answers = await run.machine.inside((inventory) => inventory.setShifts([{ deviceId: 'shared', staffId }]));
  passTime(run.world);
  const device = run.world.devices.get('shared')!;
  const why = device.revoked ? 'device_revoked' : device.endsAtMs <= run.world.now ? 'device_over' : undefined;
  if (why === undefined) {
    Object.assign(device, { staffId });
    run.world.traces.push({ kind: 'device.shift', deviceId: 'shared', staffId: staffId ?? '' });
  }
  same('shift', answers, [why === undefined ? yes() : no(why)]);
});

const repeats = step('again', fc.tuple(fc.nat(), fc.boolean()), async (run, [n, isChanged]) => {
  const sent = nth(run.sent, n);
  if (sent !== undefined) await sendAgain(run, sent, isChanged);
});

const restarts = step('restart', fc.nat(11), async (run, n) => {
  if (n === 0) run.machine.leave();
  else run.machine.restart();
});
const failures = step('clock breaks', wish, async (run, each) => {
  run.machine.isClockBroken = true;
  const holdId = `ord_${(run.serial += 1)}`;
  await sendHolds(run, [
    { ...each, holdId, orderId: holdId },
    { ...each, holdId: `${holdId}b`, orderId: holdId },
  ]);
  run.machine.isClockBroken = false;
});

const often = (weight: number, arbitrary: fc.Arbitrary<Step>) => Array.from({ length: weight }, () => arbitrary);

/** Every kind of step, the everyday ones more often. */
export const allSteps = [
  ...often(3, holds),
  ...often(6, buys),
  ...often(2, issues),
  ...often(2, confirms),
  ...often(2, firms),
  ...often(3, releases),
  ...often(2, acceptances),
  ...often(3, joins),
  ...often(1, leaves),
  ...often(1, grants),
  ...often(14, scans),
  ...often(3, undos),
  ...often(3, redemptions),
  ...often(4, movesOf),
  ...transferSteps,
  ...often(1, forgets),
  ...often(2, publications),
  ...often(5, waits),
  ...often(1, alarms),
  ...often(1, openings),
  ...often(1, revocations),
  ...often(1, shifts),
  ...often(4, repeats),
  ...often(2, restarts),
  ...often(1, failures),
];
