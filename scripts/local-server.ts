import {
  convertV4MiniflareOptions,
  fetch,
  Log,
  LogLevel,
  Miniflare,
  MiniflareCoreError,
  Response,
  type MiniflareOptions,
  type Request,
  type V4ModuleDefinition,
  type V4WorkerOptionsShape,
} from 'miniflare';
import { execFileSync, type ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtWorker, ExpectedFailure } from '#scripts/build-worker.ts';

export type LocalServerOptions = {
  /** Left out or 0: any free port. */
  port?: number;
  /** Everything the Worker stores is kept here, for one server at a time. */
  dataDir: string;
  /** Empties the folder first. */
  fresh?: boolean;
  /** Text variables added to, or put in place of, those in wrangler.toml. */
  env?: Record<string, string>;
  /** The built entry module, when it is not the usual one. */
  main?: string;
  /** An entrypoint of the Worker that also gets a port of its own, straight from workerd (see `directUrl`). */
  direct?: string;
};

export type LocalServer = {
  url: string;
  port: number;
  mf: Miniflare;
  /** Where `direct` is served: without the asset router and Miniflare's own Worker in front. */
  directUrl: string | undefined;
  /** The runtime now serving. Killed, it is started again on the same port and data, under another id. */
  readonly workerdPid: number;
  stop(): Promise<void>;
};

/** Serves the built local Worker on http://localhost:PORT; nothing it does reaches beyond this machine. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const entry = resolve(options.main ?? builtWorker('local').main);
  const dataDir = resolve(options.dataDir);
  const claim = await claimFolder(dataDir);
  if (options.fresh === true) await rm(join(dataDir, 'state'), { recursive: true, force: true });
  const isAnyPort = (options.port ?? 0) === 0;
  const { port, host } = await choosePort(options.port ?? 0);
  const url = `http://localhost:${port}`;
  const runtime = watchRuntime(port);
  const publishPid = (): Promise<void> => claim.publish({ pid: process.pid, port, workerdPid: runtime.pid() });
  const mf = new Miniflare({
    ...workerOptions(entry, { url, ...options }),
    host,
    port,
    resourcePersistencePath: join(dataDir, 'state'),
    // Off, because the real one is fetched from the network.
    cf: false,
    logRequests: false,
    log: new StderrLog(LogLevel.WARN),
    // Without it the runtime keeps uncaught exceptions to itself.
    verbose: true,
    handleStructuredLogs: ({ message }) => printLog(message, dirname(entry)),
    unsafeHandleRuntimeRestart: publishPid,
  });
  const stop = async (): Promise<void> => {
    await mf.dispose();
    runtime.stopWatching();
    await claim.release();
  };
  try {
    await mf.ready;
    await publishPid();
  } catch (error) {
    await stop().catch(() => undefined);
    const code = error instanceof MiniflareCoreError ? error.code : undefined;
    // Someone took the port between our look and workerd's bind.
    if (code === 'ERR_ADDRESS_IN_USE') return isAnyPort ? startLocalServer(options) : Promise.reject(portTaken(port));
    if (code !== 'ERR_RUNTIME_FAILURE') throw error;
    throw new ExpectedFailure('The Worker is built but does not start; what the runtime said is above.', {
      cause: error,
    });
  }
  const directUrl = options.direct && (await mf.unsafeGetDirectURL(undefined, options.direct)).origin;
  return {
    url,
    port,
    mf,
    directUrl,
    stop,
    get workerdPid() {
      return runtime.pid();
    },
  };
}

type Served = { url: string; env?: Record<string, string>; direct?: string };

function workerOptions(entry: string, { url, env, direct }: Served): MiniflareOptions {
  const { bindings } = builtWorker('local');
  if (!existsSync(entry) || !existsSync(bindings)) {
    throw new ExpectedFailure(`There is no built Worker at ${entry}: build it with buildWorker('local') first.`);
  }
  const worker = JSON.parse(readFileSync(bindings, 'utf8')) as V4WorkerOptionsShape;
  return convertV4MiniflareOptions({
    ...worker,
    modules: builtModules(entry),
    modulesRoot: dirname(entry),
    bindings: { ...worker.bindings, PUBLIC_ORIGIN: url, ...env },
    outboundService: refuseOutside,
    ...(direct === undefined ? {} : { unsafeDirectSockets: [{ host: '127.0.0.1', entrypoint: direct }] }),
  });
}

const MODULE_TYPES: Record<string, V4ModuleDefinition['type']> = {
  '.js': 'ESModule',
  '.mjs': 'ESModule',
  '.sql': 'Text',
  '.txt': 'Text',
  '.html': 'Text',
  '.wasm': 'CompiledWasm',
  '.bin': 'Data',
};

/** The entry first. Read whole now, so that a restart after a crash runs this build and not a newer one. */
function builtModules(entry: string): V4ModuleDefinition[] {
  const paths = globSync('**/*', { cwd: dirname(entry) }).map((path) => join(dirname(entry), path));
  return [entry, ...paths.filter((path) => path !== entry)].flatMap((path) => {
    const type = MODULE_TYPES[extname(path)];
    if (type === undefined) return [];
    const bytes = readFileSync(path);
    const isText = type === 'ESModule' || type === 'Text';
    return [{ type, path, contents: isText ? bytes.toString() : new Uint8Array(bytes) }];
  });
}

/** Partners' webhooks may be received on this machine; a call to a real gateway is a missing sandbox. */
async function refuseOutside(request: Request): Promise<Response> {
  const { hostname, origin } = new URL(request.url);
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return fetch(request);
  process.stderr.write(`Refused a call to ${origin}: the local server stays on this machine.\n`);
  return new Response(`The local server does not call ${origin}.`, { status: 502 });
}

/** Applies what is not yet applied of `*.sql` in `dir`, each file whole or not at all; returns their names. */
export async function applyMigrations(mf: Miniflare, dir: string): Promise<string[]> {
  const db = await mf.getD1Database('DB');
  // Wrangler's own table, so that its `d1 migrations` commands agree about what has been applied.
  await db
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
       applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    )
    .run();
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const pending = globSync('*.sql', { cwd: dir })
    .toSorted()
    .filter((name) => !applied.has(name));
  if (pending.length === 0) return [];
  // Loaded only now, because it is slow to load and most starts have nothing to apply.
  const { unstable_splitSqlQuery } = await import('wrangler');
  for (const name of pending) {
    // Wrangler's splitter knows that the semicolons inside a trigger, a string or a comment end nothing.
    const statements = unstable_splitSqlQuery(await readFile(join(dir, name), 'utf8'));
    const record = db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name);
    await db.batch([...statements.map((sql) => db.prepare(sql)), record]).catch((cause: unknown) => {
      throw new Error(`The migration ${name} failed: ${String(cause)}`, { cause });
    });
  }
  return pending;
}

/** Stdout belongs to the command that started the server (`--json`); all that is logged goes to stderr. */
class StderrLog extends Log {
  protected override log(message: string): void {
    process.stderr.write(`${message}\n`);
  }
}

/** The runtime reports an exception once per hop it crosses; the one report that names the Worker's own file is enough. */
function printLog(message: string, workerFolder: string): void {
  const isHop = message.startsWith('uncaught exception;') && !message.includes(workerFolder);
  if (!isHop) process.stderr.write(`${message}\n`);
}

/** Finds a port free on every loopback address; 0 takes any. */
async function choosePort(wanted: number): Promise<{ port: number; host: string }> {
  const port = await listenOnce(wanted, '127.0.0.1');
  if (port === undefined) throw portTaken(wanted);
  // A browser asks for localhost at ::1 first, so another server there would answer in our place.
  const hasIpv6 = await listenOnce(0, '::1');
  if (hasIpv6 === undefined) return { port, host: '127.0.0.1' };
  if ((await listenOnce(port, '::1')) === undefined) {
    if (wanted === 0) return choosePort(0);
    throw portTaken(wanted);
  }
  return { port, host: 'localhost' };
}

export class PortTakenError extends ExpectedFailure {
  override name = 'PortTakenError';
}

const portTaken = (port: number): PortTakenError =>
  new PortTakenError(`Port ${port} is taken. Stop what listens there, or choose another with --port.`);

function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}

/** Follows which process serves a port: Miniflare keeps that to itself, and replaces it after a crash. */
function watchRuntime(port: number): { pid(): number; stopWatching(): void } {
  const started: ChildProcess[] = [];
  const notice = (message: unknown): void => void started.push((message as { process: ChildProcess }).process);
  subscribe('child_process', notice);
  const servesPort = ({ spawnargs }: ChildProcess): boolean =>
    spawnargs?.some((argument) => argument.startsWith('--socket-addr=entry=') && argument.endsWith(`:${port}`)) ??
    false;
  return {
    pid: () => started.findLast(servesPort)?.pid ?? 0,
    stopWatching: () => unsubscribe('child_process', notice),
  };
}

type Claim = { pid: number; port: number; workerdPid: number };

/**
 * One server per folder: two runtimes would each run their own copy of the same Durable Object. Node killed outright
 * leaves its runtime serving, so a claim whose owner is gone ends that runtime first.
 */
async function claimFolder(
  dataDir: string,
): Promise<{ publish(claim: Claim): Promise<void>; release(): Promise<void> }> {
  const path = join(dataDir, 'server.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const claim = text === undefined ? undefined : (JSON.parse(text) as Claim);
  if (claim !== undefined && isAlive(claim.pid) && (await isListening(claim.port))) {
    throw new ExpectedFailure(
      `${dataDir} is already served at http://localhost:${claim.port} by process ${claim.pid}: use that, or stop it first.`,
    );
  }
  if (claim !== undefined && isOurRuntime(claim)) await endProcess(claim.workerdPid);
  await mkdir(dataDir, { recursive: true });
  return {
    publish: (current) => writeFile(path, JSON.stringify(current)),
    release: () => rm(path, { force: true }),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** An id may have gone to some other process since: only a workerd on the claimed port is ours to end. */
function isOurRuntime({ workerdPid, port }: Claim): boolean {
  if (!isAlive(workerdPid)) return false;
  const proc = `/proc/${workerdPid}/cmdline`;
  const command = existsSync(proc)
    ? readFileSync(proc, 'utf8')
    : execFileSync('ps', ['-o', 'args=', '-p', String(workerdPid)], { encoding: 'utf8' });
  return basename(command.split(/[\0 ]/)[0] ?? '') === 'workerd' && command.includes(`:${port}`);
}

async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  for (let waitedMs = 0; isAlive(pid) && waitedMs < 2000; waitedMs += 10) await sleep(10);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => done(true));
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => done(false));
  });
}
