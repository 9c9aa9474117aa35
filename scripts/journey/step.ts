import type { Visitor } from './visitor.ts';

/** What the walk carries from step to step. A step fails when one before it left nothing to go on with. */
export type Walk = {
  readonly origin: string;
  readonly customer: Visitor;
  readonly steward: Visitor;
  readonly person: { readonly name: string; readonly email: string };
  eventPath?: string;
  checkoutPath?: string;
  orderPath?: string;
  ticketPath?: string;
  /** As the QR code on the ticket page says. */
  code?: string;
};

/** One of the thirteen steps of the customer's way. */
export type Step = {
  readonly number: number;
  readonly name: string;
  /** Walks the step and answers what it saw, in figures, names and addresses; throws when it is not as it must be. Absent: not built yet. */
  readonly walk?: (walk: Walk) => Promise<string>;
};

export function need<Part extends keyof Walk>(walk: Walk, part: Part): NonNullable<Walk[Part]> {
  const value = walk[part];
  if (value === undefined) throw new Error(`An earlier step left no ${part}`);
  return value;
}

export function expectSeen(isSeen: boolean, otherwise: string): void {
  if (!isSeen) throw new Error(otherwise);
}
