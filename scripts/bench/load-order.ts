import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const generators = join(import.meta.dirname, '../../test/bench');

export type LoadOrder = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  /** Begins again after the last body; otherwise the load ends there. */
  readonly isRepeated: boolean;
  /** What every right answer contains. */
  readonly expects: string;
  readonly seconds: number;
  readonly inFlight: number;
  /** Requests offered a second, however fast they are answered; as fast as they are answered, when left out. */
  readonly perSecond?: number;
};

export type LoadResult = {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Every answer's, in rising order: what several turns have in common is asked of all of them together. */
  readonly latenciesMs: readonly number[];
  readonly wrong: number;
  readonly wrongSample: string;
};

/** Scans over gate sockets: each lane proves a key of its own first. */
export type SocketOrder = {
  readonly origin: string;
  /** Printed codes to scan; or how many live ones, which the generator's own phones write just before the clock runs. */
  readonly codes: readonly string[] | number;
  readonly lanes: number;
  readonly inFlightPerLane: number;
  readonly seconds: number;
};

/** Viewers of a board, who do nothing but listen until the process is ended. */
export type ViewersOrder = { readonly origin: string; readonly viewers: number };

/** Runs a load in its own process, so that making requests and answering them never share a thread. */
export function runLoad(order: LoadOrder): Promise<LoadResult> {
  return runGenerator('load.ts', order);
}

export function runSocketLoad(order: SocketOrder): Promise<LoadResult> {
  return runGenerator('socket-load.ts', order);
}

/** Resolves once all of them watch; ends them when called. */
export async function gatherViewers(order: ViewersOrder): Promise<() => void> {
  const child = spawn(process.execPath, ['--no-warnings', join(generators, 'viewers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('The viewers left')));
  });
  return () => void child.kill();
}

async function runGenerator(script: string, order: LoadOrder | SocketOrder): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--no-warnings', join(generators, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(JSON.stringify(order));
  const [printed, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`The load generator ended with ${code}`);
  const result = JSON.parse(printed) as LoadResult;
  if (result.answered === 0) throw new Error('Nothing was answered');
  if (result.wrong > 0) {
    throw new Error(`${result.wrong} of ${result.answered} answers were wrong: ${result.wrongSample}`);
  }
  return result;
}
