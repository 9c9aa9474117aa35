import type { Step } from './step.ts';

/** Steps 11 to 13: what follows the visit. */
export const afterwards: readonly Step[] = [
  { number: 11, name: 'Receives rewards' },
  { number: 12, name: 'Submits feedback' },
  { number: 13, name: 'Gets future offers' },
];
