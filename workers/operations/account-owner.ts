import type { Owner } from '#d1/queries/wallet.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';

/** Whose orders a signed-in person sees: those of the address they proved, and those they claimed. */
export async function ownerOf(
  { settings }: Pick<Services, 'settings'>,
  { personId, email }: { personId: string; email: string | null },
): Promise<Owner> {
  const hasEmail = email !== null && email !== '';
  return { personId, customerId: hasEmail ? await customerIdOf(settings.masterKey, email) : undefined };
}
