import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { bindingsOf, missingBindings } from './tidy/bindings.ts';
import { isContent, longFiles, longFunctions, medianLength } from './tidy/length.ts';
import { gitNameStatus, numberingFaults, rewritten } from './tidy/migrations.ts';
import { impurities, platformTypes } from './tidy/purity.ts';
import { isCode, root, type SourceFile, sourceTree } from './tidy/source-tree.ts';
import { missingCommands, missingFiles, requirementsTwice } from './tidy/papers.ts';
import { countingQueries, deadLinks, machineTraces, unfinishedNotes, vagueNames } from './tidy/text.ts';

const files = sourceTree();
const code = files.filter(isCode);
const typescript = code.filter(({ path }) => !path.endsWith('.css'));
const shared = typescript.filter(({ path }) => path.startsWith('shared/'));
const migrations = files.filter(({ path }) => /(?:^|\/)migrations\/[^/]+$/.test(path)).map(({ path }) => path);

const fixture = (text: string, path = 'shared/fixture.ts'): SourceFile => ({ path, text });
const lines = (count: number) => Array.from({ length: count }, (_, index) => `// ${index}`).join('\n');

describe('length', () => {
  it('no file is longer than 400 lines, but for catalogues and seed content', () => {
    expect(longFiles(code)).toEqual([]);
  });

  it('every function is under 70 lines', () => {
    expect(typescript.flatMap(longFunctions)).toEqual([]);
    // Parses the whole tree: seconds, on a busy machine.
  }, 60_000);

  it('the median file is under 90 lines', () => {
    const ours = code.filter(({ path }) => !path.startsWith('test/') && !isContent(path));
    expect(medianLength(ours)).toBeLessThan(90);
  });

  it('notices a long file and a long function, and lets content and suites be', () => {
    expect(longFiles([fixture(lines(400))])).toEqual([]);
    expect(longFiles([fixture(lines(401))])).toHaveLength(1);
    expect(longFiles([fixture(lines(401), 'workers/ui/messages/en/gate.ts')])).toEqual([]);
    expect(longFunctions(fixture(`const f = () => {\n${lines(67)}\n};`))).toEqual([]);
    expect(longFunctions(fixture(`const f = () => {\n${lines(68)}\n};`))).toEqual(['shared/fixture.ts:1: 70 lines']);
    expect(longFunctions(fixture(`describe('x', () => {\n${lines(200)}\n});`))).toEqual([]);
    expect(medianLength([fixture(lines(1)), fixture(lines(90)), fixture(lines(95))])).toBe(90);
  });
});

describe('rules in shared/', () => {
  it('have no clock, randomness, timer or I/O', () => {
    expect(shared.flatMap(impurities)).toEqual([]);
  });

  it('compile with no platform types', () => {
    const tsconfig = files.find(({ path }) => path === 'shared/tsconfig.json');
    expect(platformTypes(tsconfig?.text ?? '{}')).toEqual([]);
    const declared = shared.filter(({ text }) => /^\s*(?:\/\/\/ <reference|declare )/m.test(text));
    expect(declared.map(({ path }) => path)).toEqual([]);
  });

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'crypto.randomUUID()',
    'performance.now()',
    'setTimeout(f, 1)',
    'await fetch(url)',
    'console.log(1)',
    'process.env.X',
    'const ports = { fetch }',
  ])('would not pass with %s', (text) => expect(impurities(fixture(text))).toHaveLength(1));

  it.each([
    'new Date(now)',
    'const day = (crypto: Port) => crypto.digest(1)',
    'ports.fetch(url)',
    'const ports = { fetch: 1 }',
    "import { performance } from './shows.ts'; performance.startsAt",
  ])('pass with %s', (text) => expect(impurities(fixture(text))).toEqual([]));

  it('would not pass with the types of a platform', () => {
    expect(platformTypes('{"compilerOptions":{"types":["node"],"lib":["ES2024","DOM"]}}')).toEqual(['node', 'DOM']);
    expect(platformTypes('{"compilerOptions":{"lib":["ES2024"]}}')).toHaveLength(1);
  });
});

describe('objects', () => {
  const objects = typescript.filter(({ path }) => path.startsWith('durable-objects/'));

  it('count nothing that can be kept: a query that counts costs more the more there is', () => {
    expect(objects.flatMap(countingQueries)).toEqual([]);
  });

  it('would not pass with a query that counts', () => {
    expect(countingQueries(fixture('sql.exec(`SELECT count(*) FROM tickets`)'))).toHaveLength(1);
    expect(countingQueries(fixture('counters.countScan(verdict); const account = (x) => discount (1);'))).toEqual([]);
  });
});

describe('migrations', () => {
  const folders = Map.groupBy(migrations, (path) => dirname(path));

  it.each([...folders])('%s are SQL files numbered once, with none left out', (_folder, paths) => {
    expect(numberingFaults(paths)).toEqual([]);
  });

  it('are never edited, moved or removed once committed', () => {
    expect(rewritten(gitNameStatus())).toEqual([]);
  });

  it('would not pass with a number twice, a gap, another file type or an edit', () => {
    expect(numberingFaults(['m/0001_a.sql', 'm/0002_b.sql'])).toEqual([]);
    expect(numberingFaults(['m/0001_a.sql', 'm/0001_b.sql'])).toHaveLength(1);
    expect(numberingFaults(['m/0001_a.sql', 'm/0003_b.sql'])).toHaveLength(1);
    expect(numberingFaults(['m/0002_a.sql'])).toHaveLength(1);
    expect(numberingFaults(['m/0001_a.sql', 'm/0002_b.ts'])).toHaveLength(1);
    const status = 'M\td1/migrations/0001_a.sql\nA\td1/migrations/0002_b.sql\nM\td1/schema/people.ts\n';
    expect(rewritten(status)).toEqual(['M\td1/migrations/0001_a.sql']);
    expect(rewritten('R100\td1/migrations/0001_a.sql\td1/migrations/0003_a.sql')).toHaveLength(1);
  });
});

describe('papers', () => {
  const pages = files.filter(({ path }) => path.endsWith('.md'));
  const paths = files.map(({ path }) => path);
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';

  it('every relative link leads somewhere', () => {
    expect(pages.flatMap((page) => deadLinks(page, root))).toEqual([]);
  });

  it('every file they name exists', () => {
    // What git ignores is made by running something.
    const made = textOf('.gitignore').split('\n').filter(Boolean);
    expect(pages.flatMap((page) => missingFiles(page, [...paths, ...made], root))).toEqual([]);
  });

  it('every command they name exists', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    expect(pages.flatMap((page) => missingCommands(page, scripts))).toEqual([]);
  });

  it('what proves a requirement is one row', () => {
    const [ours = ''] = textOf('test/README.md').split('## OWASP');
    expect(requirementsTwice(ours)).toEqual([]);
  });

  it('would not pass with a file or a command that is gone, or a requirement twice', () => {
    const page = fixture(
      '`a/b.ts` `b.ts` `a/` `c-*.ts` `gone.ts` `a/gone/` `d-*.ts` `/wallet` `npm run old`',
      'README.md',
    );
    const missing = ['README.md: gone.ts', 'README.md: a/gone/', 'README.md: d-*.ts'];
    expect(missingFiles(page, ['x/a/b.ts', 'x/c-1.ts'], root)).toEqual(missing);
    expect(missingCommands(page, { bench: '' })).toEqual(['README.md: npm run old']);
    expect(requirementsTwice('| 5.1/1 free |\n| 5.1/12 |\n| 5.1/1 to 5.1/3 paid |\n| 2.2 gifts |')).toEqual(['5.1/1']);
  });

  it('would not pass with a dead link', () => {
    const page = fixture(
      '[a](./package.json) [b](gone.md#x) [c](https://x.example/) `[d](e)`\n\n[f]: ../gone.md',
      'README.md',
    );
    expect(deadLinks(page, root)).toEqual(['README.md: gone.md#x', 'README.md: ../gone.md']);
  });
});

describe('names and traces', () => {
  it('no file is named for nothing in particular', () => {
    expect(vagueNames(files.map(({ path }) => path))).toEqual([]);
  });

  it('no note of unfinished work is left in a source', () => {
    expect(code.flatMap(unfinishedNotes)).toEqual([]);
  });

  it('no file names a package registry or a path of one machine', () => {
    expect(files.flatMap((file) => machineTraces(file, process.env['npm_config_registry']))).toEqual([]);
  });

  it('would not pass with a vague name, an unfinished note or a trace of a machine', () => {
    const vague = ['workers/utils.ts', 'shared/date-helpers.ts', 'd1/manager/index.ts'];
    expect(vagueNames([...vague, 'shared/managerial.ts'])).toEqual(vague);
    expect(unfinishedNotes(fixture(['// TO', 'DO: later'].join('')))).toHaveLength(1);
    for (const folder of ['root', 'tmp', 'work']) {
      expect(machineTraces(fixture(`'${['', folder, 'x'].join('/')}'`), undefined)).toHaveLength(1);
    }
    expect(machineTraces(fixture(['https://registry', 'npmjs.org/'].join('.')), undefined)).toHaveLength(1);
    expect(machineTraces(fixture('npm.corp.example'), 'https://npm.corp.example/')).toHaveLength(1);
    expect(machineTraces(fixture("'/workers/x' './tmp/x' '/wallet/root/x'"), undefined)).toEqual([]);
  });
});

describe('wrangler.toml', () => {
  const config = join(root, 'wrangler.toml');
  const environment = (env?: string) =>
    readConfig({ config, ...(env && { env }) }, { hideWarnings: true }) as unknown as Record<string, unknown>;

  it('gives the local environment every binding of production', () => {
    expect(missingBindings(environment(), environment('local'))).toEqual([]);
    expect(basename(String(environment('local')['main']))).toBe('index.ts');
  });

  it('would not pass with a binding left out', () => {
    const production = {
      vars: { A: '1' },
      queues: { producers: [{ binding: 'Q', queue: 'q' }], consumers: [{ queue: 'q' }] },
    };
    expect([...bindingsOf(production)]).toEqual(['vars A', 'queues Q', 'consumer q']);
    expect(missingBindings(production, { vars: { A: '2' } })).toEqual(['queues Q', 'consumer q']);
    const objects = { durable_objects: { bindings: [{ name: 'DESK', class_name: 'Desk' }] }, vars: {} };
    expect(missingBindings(objects, {})).toEqual(['durable_objects DESK']);
  });
});
