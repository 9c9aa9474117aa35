import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { people } from './people.ts';

/** Browsers a person has proved to be theirs. The key, where one was made, never leaves the browser that made it. */
export const devices = sqliteTable(
  'devices',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    /** As its browser calls itself, such as "Firefox on Android". */
    name: text().notNull(),
    /** P-256 point, compressed, base64url; null for a browser without scripts. */
    publicKey: text(),
    createdAtMs: integer().notNull(),
    lastSeenAtMs: integer().notNull(),
    /** Null while a new device waits for an old one, or a code, to confirm it. */
    confirmedAtMs: integer(),
    revokedAtMs: integer(),
  },
  (t) => [index('devices_by_person').on(t.personId)],
);

/** Only a digest of the cookie's token is stored: a stolen database opens no session. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    /** What lists and revocations call it: the token itself is never shown again. */
    id: text().notNull().unique(),
    personId: text()
      .notNull()
      .references(() => people.id),
    deviceId: text().references(() => devices.id),
    userAgent: text().notNull(),
    /** How the person last proved who they are, and when: money and roles ask for it to be recent. */
    method: text({ enum: ['link', 'email_code', 'sms_code', 'passkey', 'demo'] }).notNull(),
    provedAtMs: integer().notNull(),
    createdAtMs: integer().notNull(),
    lastSeenAtMs: integer().notNull(),
    expiresAtMs: integer().notNull(),
    /** The token before the last rotation, honoured for moments: two requests may have been under way. */
    previousTokenHash: text().unique(),
    rotatedAtMs: integer().notNull(),
    revokedAtMs: integer(),
  },
  (t) => [index('sessions_by_person').on(t.personId)],
);

/**
 * A code and link sent to an address. The code counts only in the browser that asked for it, so that nobody can use up
 * another's tries; the link is too long to guess and works anywhere.
 */
export const challenges = sqliteTable(
  'challenges',
  {
    id: text().primaryKey(),
    purpose: text({ enum: ['sign_in', 'prove_again', 'confirm_device', 'add_address'] }).notNull(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    address: text().notNull(),
    /** Set when the person is known before they answer. */
    personId: text(),
    browserHash: text().notNull(),
    codeDigest: text().notNull(),
    tokenHash: text().unique(),
    wrongTries: integer().notNull().default(0),
    createdAtMs: integer().notNull(),
    expiresAtMs: integer().notNull(),
    spentAtMs: integer(),
  },
  (t) => [index('challenges_by_expiry').on(t.expiresAtMs)],
);

export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential id, base64url, as the authenticator made it. */
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    publicKey: blob({ mode: 'buffer' }).notNull(),
    signCount: integer().notNull(),
    transports: text().notNull(),
    name: text().notNull(),
    isBackedUp: integer({ mode: 'boolean' }).notNull(),
    createdAtMs: integer().notNull(),
    lastUsedAtMs: integer(),
  },
  (t) => [index('passkeys_by_person').on(t.personId)],
);

/** How often something was tried: exact, because a brake that forgets is none. Keys are digests, windows are fixed. */
export const velocity = sqliteTable(
  'velocity',
  {
    key: text().primaryKey(),
    windowEndsAtMs: integer().notNull(),
    count: integer().notNull(),
  },
  (t) => [index('velocity_by_end').on(t.windowEndsAtMs)],
);
