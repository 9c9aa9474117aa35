import { writeProfile, type Account } from '#d1/queries/account.ts';
import {
  consentChanges,
  consentTextVersion,
  readContactPreferences,
  type ContactPreferences,
} from '#shared/people/contact-preferences.ts';
import type { Services } from '#workers/services.ts';
import { auditStatement } from './audit.ts';

export type ProfileEdit = Pick<Account, 'name' | 'locale' | 'currency'> & {
  readonly agreed: Omit<ContactPreferences, 'textVersion'>;
};

/**
 * Writes a profile. Each consent given or taken back leaves an entry that names the words it was given under, in the
 * same batch. Sent twice it finds nothing changed, and leaves no second entry.
 */
export async function editProfile(services: Services, account: Account, edit: ProfileEdit): Promise<void> {
  const { name, locale, currency, agreed } = edit;
  const before = readContactPreferences(account.contactPreferences);
  const changes = consentChanges(before, { ...agreed, textVersion: consentTextVersion });
  const after = { ...agreed, textVersion: consentTextVersion };
  const contactPreferences = changes.length === 0 ? account.contactPreferences : JSON.stringify(after);
  const entries = changes.map((change) =>
    auditStatement(services, {
      action: 'consent.changed',
      actorId: account.id,
      subjectId: account.id,
      facts: { ...change, textVersion: consentTextVersion },
    }),
  );
  const written = writeProfile(services.db, account.id, { name, locale, currency, contactPreferences });
  await services.db.batch([written, ...entries]);
}
