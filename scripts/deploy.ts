import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWorker, ExpectedFailure, runWrangler } from '#scripts/build-worker.ts';

const root = join(import.meta.dirname, '..');
const PLACEHOLDER_ID = /database_id\s*=\s*"0{8}-0{4}-0{4}-0{4}-0{12}"/;
const EXAMPLE_ORIGIN = /^PUBLIC_ORIGIN = "https:\/\/[^"]*\.example"/m;
const REQUIRED_SECRETS: Record<string, string> = {
  MASTER_KEY: `node -p "crypto.randomBytes(32).toString('base64')" | npx wrangler secret put MASTER_KEY --env=""`,
  STRIPE_SECRET_KEY: 'npx wrangler secret put STRIPE_SECRET_KEY --env=""',
  STRIPE_WEBHOOK_SECRET: 'npx wrangler secret put STRIPE_WEBHOOK_SECRET --env=""',
};
/** Without it the Worker would not start where mails go out by Resend. */
const RESEND_SECRET = { RESEND_API_KEY: 'npx wrangler secret put RESEND_API_KEY --env=""' };

const USAGE = `Usage: npm run deploy -- [options]

  --dry-run   do what needs no Cloudflare account: build, and check the configuration
  --help      show this`;

type Step = { title: string; run: () => Promise<string> };

async function build(): Promise<string> {
  const { directory } = await buildWorker('production');
  return `built into ${directory}`;
}

async function checkConfiguration(): Promise<string> {
  const problems = configurationProblems();
  if (problems.length > 0) throw new ExpectedFailure(problems.join('\n\n'));
  return 'the address and the database are set';
}

/** The names are read from wrangler.toml, so that the commands shown make what it binds. */
function configurationProblems(): string[] {
  const toml = productionPart(readFileSync(join(root, 'wrangler.toml'), 'utf8'));
  const problems: string[] = [];
  if (EXAMPLE_ORIGIN.test(toml)) {
    problems.push(
      'PUBLIC_ORIGIN and MAIL_FROM in wrangler.toml still name the example: set the address the site is served from.',
    );
  }
  if (PLACEHOLDER_ID.test(toml)) {
    const queues = new Set([...namesOf(toml, 'queue'), ...namesOf(toml, 'dead_letter_queue')]);
    const commands = [
      ...namesOf(toml, 'database_name').map((name) => `npx wrangler d1 create ${name}`),
      ...namesOf(toml, 'bucket_name').map((name) => `npx wrangler r2 bucket create ${name}`),
      ...[...queues].map((name) => `npx wrangler queues create ${name}`),
    ];
    problems.push(
      `database_id in wrangler.toml is still the placeholder. Create what the Worker binds, once:\n\n  ${commands.join('\n  ')}\n\n` +
        'then put the id that the first command prints into wrangler.toml, at the top level.',
    );
  }
  return problems;
}

/** Everything before the first `[env.…]` table: what is deployed. */
const productionPart = (toml: string): string => toml.split(/^\[+env\./m, 1)[0] ?? '';

const namesOf = (toml: string, key: string): string[] =>
  [...toml.matchAll(new RegExp(`^${key} = "([^"]+)"`, 'gm'))].flatMap(([, name]) => name ?? []);

async function checkAccount(): Promise<string> {
  if ((process.env['CLOUDFLARE_API_TOKEN'] ?? '') !== '') return 'CLOUDFLARE_API_TOKEN is set';
  const { code, output } = await runWrangler(['whoami', '--json']);
  if (code === 0 && !/not authenticated|"loggedIn":\s*false/i.test(output)) return 'wrangler is logged in';
  throw new ExpectedFailure('No Cloudflare account: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.');
}

async function checkSecrets(): Promise<string> {
  const { code, output } = await runWrangler(['secret', 'list', '--format', 'json', '--env', '']);
  // Before the first deploy there is no Worker to hold secrets, and that answer lists none either.
  const isFirstDeploy = code !== 0 && /not found|does not exist|10007/i.test(output);
  if (code !== 0 && !isFirstDeploy) throw new ExpectedFailure(`The secrets could not be listed:\n\n${output.trim()}`);
  const toml = productionPart(readFileSync(join(root, 'wrangler.toml'), 'utf8'));
  const isByResend = /^MAIL_VIA = "resend"/m.test(toml);
  const required = { ...REQUIRED_SECRETS, ...(isByResend ? RESEND_SECRET : {}) };
  const missing = Object.entries(required).filter(([name]) => !output.includes(`"${name}"`));
  if (missing.length === 0) return `${Object.keys(required).join(', ')} are set`;
  const commands = missing.map(([, command]) => `  ${command}`).join('\n');
  throw new ExpectedFailure(
    `Secrets are missing. Set them, then deploy again:\n\n${commands}\n\n` +
      'MASTER_KEY is set once and kept: ticket and gate keys are derived from it, so another one voids every ticket.',
  );
}

async function runShown(args: string[], failure: string): Promise<string> {
  const { code } = await runWrangler(args, { show: true });
  if (code !== 0) throw new ExpectedFailure(failure);
  return 'done';
}

const buildStep: Step = { title: 'Build the Worker and its assets', run: build };

const deploySteps: Step[] = [
  buildStep,
  { title: 'Check wrangler.toml', run: checkConfiguration },
  { title: 'Check the Cloudflare account', run: checkAccount },
  { title: 'Check the secrets', run: checkSecrets },
  {
    title: 'Migrate the database',
    // Before the code, since the new code needs the new tables; migrations only ever add, so the old code still works.
    run: () =>
      runShown(
        ['d1', 'migrations', 'apply', 'DB', '--remote', '--env', ''],
        'The migrations failed; nothing was deployed.',
      ),
  },
  {
    title: 'Deploy',
    run: () => runShown(['deploy', '--env', ''], 'The deploy failed; the database is already migrated.'),
  },
];

async function runSteps(steps: Step[]): Promise<void> {
  for (const [index, { title, run }] of steps.entries()) {
    console.log(`\n[${index + 1}/${steps.length}] ${title}`);
    console.log(`  ok: ${await run()}`);
  }
}

/** Fails only when the Worker doesn't build: what is still to be set up is listed, since it takes an account. */
async function dryRun(): Promise<void> {
  await runSteps([buildStep]);
  const problems = configurationProblems();
  if (problems.length > 0) console.log(`\nStill to do before a deploy:\n\n${problems.join('\n\n')}`);
  console.log('\nDry run: no account was asked and nothing was deployed.');
}

try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) console.log(USAGE);
  else if (values['dry-run'] === true) await dryRun();
  else await runSteps(deploySteps);
} catch (error) {
  const isMeantToBeRead = error instanceof ExpectedFailure || (error instanceof TypeError && 'code' in error);
  console.error(isMeantToBeRead ? `\n${error.message}` : error);
  process.exitCode = 1;
}
