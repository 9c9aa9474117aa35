// A process of its own that serves a folder until it is killed: reads what to serve from standard input.
import { text } from 'node:stream/consumers';
import { startLocalServer, type LocalServerOptions } from '#scripts/local-server.ts';

await startLocalServer(JSON.parse(await text(process.stdin)) as LocalServerOptions);
