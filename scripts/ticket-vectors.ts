// node scripts/ticket-vectors.ts: writes test/vectors/ticket-codes.json anew. ECDSA signatures differ each time; all else is fixed.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ticketVectors } from '#test/support/ticket-vectors.ts';

const file = join(import.meta.dirname, '../test/vectors/ticket-codes.json');
await writeFile(file, `${JSON.stringify(await ticketVectors(), null, 2)}\n`);
console.log('Wrote test/vectors/ticket-codes.json');
