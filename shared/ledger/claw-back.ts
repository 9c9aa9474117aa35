/**
 * What was given and must come back: rewards of a refunded ticket, a top-up whose card payment was disputed. A claw-back
 * takes what is there, never below zero (I4); the rest is owed, and later earnings pay it off first.
 */
export function clawBack(
  availableMinor: number,
  amountMinor: number,
): { readonly takenMinor: number; readonly owedMinor: number } {
  const takenMinor = Math.min(Math.max(availableMinor, 0), amountMinor);
  return { takenMinor, owedMinor: amountMinor - takenMinor };
}

/** How much of something earned goes to what is owed. */
export function netted(owedMinor: number, earnedMinor: number): number {
  return Math.min(Math.max(owedMinor, 0), earnedMinor);
}
