import * as v from 'valibot';

/** What people may be written to about. Messages about their orders are part of the order and are not asked about. */
export const contactPurposes = ['news', 'reminders'] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

export const contactChannels = ['email', 'sms', 'push'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** Of the words under which consent is asked for: raised whenever they change their meaning. */
export const consentTextVersion = 1;

const channelsSchema = v.object({ email: v.boolean(), sms: v.boolean(), push: v.boolean() });

export const contactPreferencesSchema = v.object({
  /** Of the words that were read when it was last changed. */
  textVersion: v.number(),
  news: channelsSchema,
  reminders: channelsSchema,
});
export type ContactPreferences = v.InferOutput<typeof contactPreferencesSchema>;

const off = { email: false, sms: false, push: false } as const;

/** Until somebody chooses, nothing is sent. */
export const nothingAgreed: ContactPreferences = { textVersion: consentTextVersion, news: off, reminders: off };

/** As stored; what cannot be read counts as nothing agreed, never as consent. */
export function readContactPreferences(stored: string | null): ContactPreferences {
  if (stored === null) return nothingAgreed;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return nothingAgreed;
  }
  const parsed = v.safeParse(contactPreferencesSchema, value);
  return parsed.success ? parsed.output : nothingAgreed;
}

export type ConsentChange = {
  readonly purpose: ContactPurpose;
  readonly channel: ContactChannel;
  readonly given: boolean;
};

/** What was given and what was taken back between two states. */
export function consentChanges(before: ContactPreferences, after: ContactPreferences): ConsentChange[] {
  return contactPurposes.flatMap((purpose) =>
    contactChannels.flatMap((channel) => {
      const given = after[purpose][channel];
      return given === before[purpose][channel] ? [] : [{ purpose, channel, given }];
    }),
  );
}
