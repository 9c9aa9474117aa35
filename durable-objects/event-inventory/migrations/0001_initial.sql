CREATE TABLE rules_in_force (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  document TEXT NOT NULL
);

-- I1 stands in the table itself: whatever the code above believes, SQLite refuses to oversell.
CREATE TABLE stock (
  stock_id TEXT PRIMARY KEY,
  capacity INTEGER NOT NULL CHECK (capacity >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  sold INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
  CHECK (held + sold <= capacity)
) WITHOUT ROWID;

CREATE TABLE holds (
  hold_id TEXT PRIMARY KEY,
  request_digest TEXT NOT NULL,
  order_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('refused', 'held', 'firm', 'confirmed', 'released', 'expired')),
  lines TEXT NOT NULL,
  -- The entry link that brought the buyer.
  via TEXT,
  expires_at_ms INTEGER,
  failure TEXT,
  tickets TEXT
) WITHOUT ROWID;

CREATE INDEX holds_to_expire ON holds (expires_at_ms) WHERE status = 'held';

CREATE TABLE tickets (
  ticket_id TEXT PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  type_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'redeemed', 'refunded', 'suspended')),
  generation INTEGER NOT NULL,
  tier INTEGER NOT NULL,
  access INTEGER NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  entries INTEGER NOT NULL DEFAULT 0,
  day_entries INTEGER NOT NULL DEFAULT 0,
  first_entry_at_ms INTEGER,
  last_entry_at_ms INTEGER,
  last_gate_id TEXT
) WITHOUT ROWID;

-- What the live view counts, kept at each change.
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

-- Answers already given, so that the same scan sent again is answered as before (I5).
CREATE TABLE scans (
  scan_id TEXT PRIMARY KEY,
  request_digest TEXT NOT NULL,
  verdict TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE log_segments (
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  entries TEXT NOT NULL,
  hash TEXT NOT NULL
);
