import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeviceEnrolment } from '#objects/event-inventory/client.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import { allSteps } from './commands.ts';
import { firstRules, start } from './document.ts';
import { steps, type Step } from './step.ts';
import { lookAt, type Run } from './steps.ts';
import { Machine } from './machine.ts';
import { newWorld } from './world.ts';

const settings = environment as unknown as { MODEL_STEPS?: string; MODEL_SEED?: string };

/** How many steps, and where the dice begin: `MODEL_STEPS=200000 MODEL_SEED=7 npm test -- inventory-model`. */
const wanted = Number(settings.MODEL_STEPS ?? 20_000);
const firstSeed = Number(settings.MODEL_SEED ?? Date.now() % 1_000_000_000);
const stepsInARun = 140;
const runsInARound = 10;
/** A counterexample is made smaller for so long; then it is shown, with its seed, as small as it got. */
const shrinkingMs = 45_000;

beforeEach(() => {
  // Items are broken on purpose, and the object says so.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const device = (deviceId: string, overrides: Partial<DeviceEnrolment>): DeviceEnrolment => ({
  deviceId,
  publicKey: `key of ${deviceId}`,
  label: deviceId,
  gateId: 'north',
  role: 'gate_steward',
  isShared: false,
  staffId: `per_${deviceId}`,
  endsAtMs: start + 2 * dayMs,
  enrolledBy: 'per_chief',
  ...overrides,
});

/** An event on sale with three enrolled scanners: one that ends early, a supervisor's, one that nobody is on duty at. */
async function newRun(machine: Machine): Promise<Run> {
  const run = { world: newWorld(), machine, sent: [], serial: 0 };
  const { world } = run;
  const enrolments = [
    device('lane', { endsAtMs: start + 6 * hourMs, gateId: 'main' }),
    device('boss', { role: 'supervisor' }),
    device('shared', { isShared: true, staffId: undefined }),
  ];
  await machine.inside((inventory) => inventory.applyRules(1, 'hash-1', JSON.stringify(firstRules)));
  await machine.inside((inventory) => inventory.enrolDevices(enrolments));
  world.traces.push({ kind: 'rules.applied', version: 1, hash: 'hash-1' });
  for (const each of enrolments) {
    const { deviceId, gateId, role, enrolledBy, endsAtMs } = each;
    world.devices.set(deviceId, { ...each, revoked: false });
    world.traces.push({ kind: 'device.enrolled', deviceId, gateId, role, staffId: enrolledBy, endsAtMs });
  }
  await lookAt(run);
  return run;
}

async function walk(run: Run, commands: Pick<Step, 'run'>[]): Promise<void> {
  while (commands.length > 0) {
    await run.machine.stay(async () => {
      while (!run.machine.isToLeave) {
        const next = commands.shift();
        if (next === undefined) return;
        await next.run({}, run);
      }
    });
    if (run.machine.isToLeave) await run.machine.evict();
  }
}

it(
  'does what the model does, whatever happens in whatever order (I1, I2, I5, I7)',
  { timeout: 120_000 + wanted * 20 },
  async () => {
    for (let seed = firstSeed; steps.taken < wanted; seed += 1) {
      const commands = fc.commands(allSteps, { maxCommands: stepsInARun, size: 'max' });
      const property = fc.asyncProperty(commands, async (chosen) => {
        const machine = new Machine();
        const run = await machine.stay(() => newRun(machine));
        await walk(run, [...chosen]);
      });
      await fc
        .assert(property, { seed, numRuns: runsInARound, plugins: [fc.interruptAfterTimeLimit(shrinkingMs)] })
        .catch((error: unknown) => {
          throw new Error(`MODEL_SEED=${seed} repeats this.\n${String(error)}`, { cause: error });
        });
    }
    expect(steps.taken).toBeGreaterThanOrEqual(wanted);
  },
);
