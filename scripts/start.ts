import { enableCompileCache } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { buildWorker, ExpectedFailure } from '#scripts/build-worker.ts';
import type { LocalServer } from '#scripts/local-server.ts';
import { seedMoney } from '#scripts/seed/money.ts';
import { seed } from '#scripts/seed/seed.ts';

const root = join(import.meta.dirname, '..');
const dataDir = join(root, '.data/local');
const DEFAULT_PORT = 8787;
const DEFAULT_PORT_TRIES = 10;

const USAGE = `Usage: npm start -- [options]

  --port N   serve on this port (otherwise ${DEFAULT_PORT}, or the next free one)
  --fresh    forget all data and seed again
  --origin URL  the https address under which phones reach this server through a tunnel or proxy of yours
  --help     show this`;

type Options = { port: number | undefined; fresh: boolean; origin: string | undefined };
type LocalServerModule = typeof import('#scripts/local-server.ts');

function parseOptions(): Options | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      origin: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return 'help';
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new ExpectedFailure(`--port ${values.port}: expected a number from 1 to 65535.`);
  }
  return { port, fresh: values.fresh, origin: values.origin && originOf(values.origin) };
}

/** Cameras, service workers and our own cookies want https. */
function originOf(typed: string): string {
  const url = URL.parse(typed);
  if (url?.protocol !== 'https:') throw new ExpectedFailure(`--origin ${typed}: expected an address with https://.`);
  return url.origin;
}

async function serve(options: Options): Promise<void> {
  showStage('Building…');
  enableCompileCache(join(root, '.build/compile-cache'));
  // The build runs in its own process, so loading Miniflare meanwhile costs no time.
  const [localServer] = await Promise.all([import('#scripts/local-server.ts'), buildWorker('local')]);
  showStage('Starting…');
  const server = await startOnFreePort(localServer, options);
  stopOnSignal(server);
  await localServer.applyMigrations(server.mf, join(root, 'd1/migrations'));
  showStage('Seeding…');
  const { summary } = await seed(server.mf, { now: Date.now(), origin: options.origin ?? server.url });
  await seedMoney(server);
  showStage('');
  console.log(welcome(server, options.origin, summary));
}

async function startOnFreePort(
  { startLocalServer, PortTakenError }: LocalServerModule,
  { port, fresh, origin }: Options,
): Promise<LocalServer> {
  const common = { dataDir, fresh, ...(origin !== undefined && { env: { PUBLIC_ORIGIN: origin } }) };
  if (port !== undefined) return startLocalServer({ port, ...common });
  for (let next = DEFAULT_PORT; next < DEFAULT_PORT + DEFAULT_PORT_TRIES; next += 1) {
    try {
      return await startLocalServer({ port: next, ...common });
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
  throw new ExpectedFailure(
    `Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + DEFAULT_PORT_TRIES - 1} are all taken: choose another with --port.`,
  );
}

function stopOnSignal(server: LocalServer): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Miniflare's own listener leaves at once with a failing exit code; its `exit` listener stays as the safety net.
    process.removeAllListeners(signal);
    process.once(signal, () => void server.stop().finally(() => process.exit(0)));
  }
}

function welcome({ url }: LocalServer, origin: string | undefined, summary: string[]): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: process.stdout });
  const places = [
    ['Storefront', `${url}/`],
    ['Gate', `${url}/gate`],
    ['Studio', `${url}/studio`],
    ['Mailbox', `${url}/local/mailbox`],
    ['Bank', `${url}/local/bank`],
    ['Demo sign-ins', `${url}/local/sign-in`],
    ...(origin === undefined ? [] : [['From phones', `${origin}/`]]),
  ];
  return [
    '',
    `  ${paint(['bold', 'green'], '247GBS Expo is open')}`,
    '',
    ...places.map(([name, address]) => `  ${name?.padEnd(14)} ${paint('cyan', address ?? '')}`),
    `  ${'Data'.padEnd(14)} ${relative(process.cwd(), dataDir)}`,
    ...(summary.length > 0 ? ['', ...summary.map((line) => `  ${paint('dim', line)}`)] : []),
    '',
    `  ${paint('dim', 'Ctrl-C stops it; the data stays. --fresh starts anew.')}`,
    '',
  ].join('\n');
}

/** Says what is being waited for, on a terminal only: in a log it would be noise. */
function showStage(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
}

/** A mistyped option shows the usage, a known circumstance its message; only a bug shows its stack. */
function explain(error: unknown): unknown {
  if (error instanceof ExpectedFailure) return `\n${error.message}\n`;
  const isMistyped = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isMistyped ? `${error.message}\n\n${USAGE}` : error;
}

try {
  const options = parseOptions();
  if (options === 'help') console.log(USAGE);
  else await serve(options);
} catch (error) {
  showStage('');
  console.error(explain(error));
  process.exit(1);
}
