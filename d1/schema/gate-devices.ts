import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { events } from './catalogue.ts';
import { people } from './people.ts';

/**
 * Invitations for a phone to become a scanner: shown as a QR code, spent once. The device itself, its key and whether it
 * still counts live in the event's inventory, which asks nobody at a scan.
 */
export const gateEnrolments = sqliteTable(
  'gate_enrolments',
  {
    tokenHash: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    gateId: text().notNull(),
    role: text({ enum: ['gate_steward', 'supervisor', 'pos_clerk'] }).notNull(),
    label: text().notNull(),
    /** Several stewards take turns: each says who they are with a PIN. */
    isShared: integer({ mode: 'boolean' }).notNull(),
    /** When the device stops being a scanner by itself. */
    endsAtMs: integer().notNull(),
    createdBy: text()
      .notNull()
      .references(() => people.id),
    createdAtMs: integer().notNull(),
    expiresAtMs: integer().notNull(),
    spentAtMs: integer(),
    deviceId: text(),
  },
  (t) => [index('gate_enrolments_by_event').on(t.eventId, t.createdAtMs)],
);
