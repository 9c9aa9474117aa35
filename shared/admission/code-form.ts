import type { TicketType } from '../inventory/rules.ts';
import type { CodeForm } from '../tickets/code.ts';

/**
 * Whether paper is shown where the ticket's type now asks for a phone. Types that are live for re-entry let paper in once: a
 * copy handed over the fence afterwards opens nothing. What counters hand out is not entry.
 */
export function isDowngraded(
  type: TicketType,
  form: CodeForm,
  { entries, purpose }: { readonly entries: number; readonly purpose: 'in' | 'out' | 'redeem' },
): boolean {
  // Leaving is never refused for what a ticket is.
  if (form === 'live' || purpose === 'out') return false;
  if (type.code === 'live_only') return true;
  return type.code === 'live_for_reentry' && purpose === 'in' && entries > 0;
}
