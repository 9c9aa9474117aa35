// npm run chaos -- [--seconds N] [--json]: kills a loaded server again and again, then audits every invariant.
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, seconds: { type: 'string' } } });
console.log(values.json ? JSON.stringify({ name: 'chaos', state: 'not yet' }) : 'chaos: not yet');
