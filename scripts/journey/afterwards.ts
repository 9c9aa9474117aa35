import type { Step } from './step.ts';

/** Steps 10 to 13: what follows the visit. */
export const afterwards: readonly Step[] = [
  { number: 10, name: 'Redeems benefits' },
  { number: 11, name: 'Receives rewards' },
  { number: 12, name: 'Submits feedback' },
  { number: 13, name: 'Gets future offers' },
];
