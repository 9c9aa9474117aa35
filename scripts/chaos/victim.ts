import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalServerOptions } from '#scripts/local-server.ts';

const script = join(import.meta.dirname, '../../test/chaos/server.ts');
const pollMs = 20;
const patienceMs = 30_000;

type Processes = { readonly pid: number; readonly workerdPid: number };

/**
 * A server in a process of its own that is killed without warning and started again on the same folder. Its ids are read
 * while it is idle, before each kill is due: asked under load, the answer would wait for the load to end.
 */
export class Victim {
  readonly #options: LocalServerOptions & { readonly port: number };
  #child: ChildProcess | undefined;
  #processes: Processes | undefined;
  kills = 0;

  constructor(options: LocalServerOptions & { readonly port: number }) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--no-warnings', script], { stdio: ['pipe', 'ignore', 'ignore'] });
    this.#child = child;
    child.stdin?.end(JSON.stringify(this.#options));
    await this.#answers((processes) => processes.pid === child.pid && processes.workerdPid > 0);
  }

  /** Kills the runtime alone; its keeper starts another one. */
  async killRuntime(): Promise<void> {
    const { workerdPid } = this.#known();
    kill(workerdPid);
    this.kills += 1;
    await this.#answers((processes) => processes.workerdPid > 0 && processes.workerdPid !== workerdPid);
  }

  /** Kills the keeper and the runtime, and starts both again. */
  async killAll(): Promise<void> {
    await this.stop();
    this.kills += 1;
    await this.start();
  }

  /** The keeper first, which would otherwise start another runtime. */
  async stop(): Promise<void> {
    const { workerdPid } = this.#known();
    const child = this.#child;
    if (child?.pid === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    kill(child.pid);
    await gone;
    kill(workerdPid);
    await isGone(workerdPid);
  }

  #known(): Processes {
    if (this.#processes === undefined) throw new Error('The server was never up');
    return this.#processes;
  }

  async #answers(isNew: (processes: Processes) => boolean): Promise<void> {
    for (const untilMs = Date.now() + patienceMs; Date.now() < untilMs; await wait(pollMs)) {
      const processes = this.#read();
      if (processes === undefined || !isNew(processes) || !(await this.#isUp())) continue;
      this.#processes = processes;
      return;
    }
    throw new Error('The server did not come back');
  }

  /** What the server writes beside its data (scripts/local-server.ts). */
  #read(): Processes | undefined {
    try {
      return JSON.parse(readFileSync(join(this.#options.dataDir, 'server.json'), 'utf8')) as Processes;
    } catch {
      return undefined;
    }
  }

  async #isUp(): Promise<boolean> {
    try {
      const answer = await fetch(`http://localhost:${this.#options.port}/chaos/none/none`, { method: 'POST' });
      await answer.body?.cancel();
      return answer.status === 404;
    } catch {
      return false;
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Its port is free again once it is gone. */
async function isGone(pid: number): Promise<void> {
  for (const untilMs = Date.now() + patienceMs; Date.now() < untilMs; await wait(pollMs)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
}
