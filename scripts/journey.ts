// npm run journey [-- --json]: walks the customer's thirteen steps over real HTTP against a fresh server.
import { parseArgs } from 'node:util';
import { afterwards } from '#scripts/journey/afterwards.ts';
import { attend } from '#scripts/journey/attend.ts';
import { buyAndKeep } from '#scripts/journey/buy-and-keep.ts';
import { findAndChoose } from '#scripts/journey/find-and-choose.ts';
import { startFreshServer } from '#scripts/journey/fresh-server.ts';
import type { Step, Walk } from '#scripts/journey/step.ts';
import { Visitor } from '#scripts/journey/visitor.ts';

type Line = {
  readonly step: number;
  readonly name: string;
  readonly state: 'ok' | 'not yet' | 'failed';
  readonly saw: string;
};

const steps: readonly Step[] = [...findAndChoose, ...buyAndKeep, ...attend, ...afterwards];

async function take({ number: step, name, walk: go }: Step, walk: Walk): Promise<Line> {
  if (go === undefined) return { step, name, state: 'not yet', saw: '' };
  try {
    return { step, name, state: 'ok', saw: await go(walk) };
  } catch (error) {
    return { step, name, state: 'failed', saw: error instanceof Error ? error.message : String(error) };
  }
}

function textLine({ step, name, state, saw }: Line): string {
  return [`${String(step).padStart(2)}  ${state.padEnd(7)}  ${name}`, ...(saw === '' ? [] : [saw])].join(': ');
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const server = await startFreshServer();
try {
  const walk: Walk = {
    origin: server.url,
    customer: new Visitor(server.url),
    steward: new Visitor(server.url),
    person: { name: 'Ngozi Walker', email: 'ngozi@walkers.example' },
  };
  for (const step of steps) {
    const line = await take(step, walk);
    console.log(values.json ? JSON.stringify(line) : textLine(line));
    if (line.state === 'failed') process.exitCode = 1;
  }
} finally {
  await server.stop();
}
