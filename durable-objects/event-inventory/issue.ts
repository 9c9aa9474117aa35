import type { InventoryContext } from './context.ts';
import { confirm, hold, release, type ConfirmAnswer, type HoldRequest } from './holds.ts';

/**
 * Holds and confirms in one go, for orders that cost nothing: there is no payment to wait for in between, and one call
 * instead of two. A repeat finds the hold confirmed, and gets the tickets made the first time.
 */
export function issue(context: InventoryContext, request: HoldRequest): ConfirmAnswer {
  const held = hold(context, request);
  if (!held.ok) return held;
  const confirmed = confirm(context, request.holdId);
  if (!confirmed.ok) release(context, request.holdId);
  return confirmed;
}
