import type * as fc from 'fast-check';
import { lookAt, type Run } from './steps.ts';

type Act = (run: Run) => Promise<void>;

/** A step that can be done in any state; what it is about is chosen by number among what there is then. */
export class Step implements fc.AsyncCommand<object, Run> {
  readonly #name: string;
  readonly #act: Act;

  constructor(name: string, act: Act) {
    this.#name = name;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_model: object, run: Run): Promise<void> {
    steps.taken += 1;
    await this.#act(run);
    await lookAt(run);
  }

  toString(): string {
    return this.#name;
  }
}

/** Counted over all runs. */
export const steps = { taken: 0 };

export function step<Input>(name: string, inputs: fc.Arbitrary<Input>, act: (run: Run, input: Input) => Promise<void>) {
  return inputs.map((input) => new Step(`${name} ${JSON.stringify(input)}`, (run) => act(run, input)));
}

export const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
