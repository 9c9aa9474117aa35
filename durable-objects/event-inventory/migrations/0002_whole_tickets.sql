-- What a ticket has used, by zone, as JSON. NULL before the first scan, and for tickets scanned before this column was:
-- what those used is read from the columns beside it.
ALTER TABLE tickets ADD COLUMN uses TEXT;
-- Benefits handed out so far, by benefit, as JSON.
ALTER TABLE tickets ADD COLUMN redeemed TEXT;
-- Only the newest scan of a ticket can be undone.
ALTER TABLE tickets ADD COLUMN last_scan_id TEXT;
-- The hold it came from: its companions are found there.
ALTER TABLE tickets ADD COLUMN hold_id TEXT;
-- For types that ask for a name at the gate. Erased with its person; no log ever holds it.
ALTER TABLE tickets ADD COLUMN holder_name TEXT;

ALTER TABLE holds ADD COLUMN holder_name TEXT;

-- What an undo needs: the ticket, and what it had used before.
ALTER TABLE scans ADD COLUMN ticket_id TEXT;
ALTER TABLE scans ADD COLUMN before TEXT;
ALTER TABLE scans ADD COLUMN at_ms INTEGER;
ALTER TABLE scans ADD COLUMN undone_by TEXT;

CREATE TABLE devices (
  device_id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  label TEXT NOT NULL,
  gate_id TEXT NOT NULL,
  role TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  -- Who is on duty at it now.
  staff_id TEXT,
  enrolled_by TEXT NOT NULL,
  enrolled_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
) WITHOUT ROWID;

-- Held and sold tickets of a type by customer: kept, so that a limit is checked without counting.
CREATE TABLE customer_takes (
  customer_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  taken INTEGER NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (customer_id, type_id)
) WITHOUT ROWID;

-- What lets somebody take a ticket that is not for everybody: a giveaway, a referral, a pass. Each use is counted.
CREATE TABLE entitlements (
  entitlement_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  granted INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0),
  ends_at_ms INTEGER NOT NULL,
  PRIMARY KEY (entitlement_id, type_id),
  CHECK (used <= granted)
) WITHOUT ROWID;

CREATE TABLE waitlist (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'offered', 'taken', 'lapsed', 'left')),
  hold_id TEXT
);
CREATE INDEX waitlist_waiting ON waitlist (type_id, seq) WHERE status = 'waiting';

-- One row while every gate admits everybody.
CREATE TABLE admit_all (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since_ms INTEGER NOT NULL,
  cause TEXT NOT NULL,
  staff_id TEXT NOT NULL
);

-- Exact brakes, such as typed codes a device got wrong.
CREATE TABLE velocity (
  key TEXT PRIMARY KEY,
  window_ends_at_ms INTEGER NOT NULL,
  count INTEGER NOT NULL
) WITHOUT ROWID;
