-- How much of each scanner's own log has arrived, in stretches without a gap. The last hash of each is kept, so that a
-- scanner that tells the same numbers otherwise is noticed.
CREATE TABLE log_stretches (
  device_id TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  -- Hash of the record before the first, and of the last.
  previous_hash TEXT NOT NULL,
  last_hash TEXT NOT NULL,
  PRIMARY KEY (device_id, first_seq)
) WITHOUT ROWID;

CREATE TABLE incidents (
  incident_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  device_id TEXT,
  ticket_id TEXT,
  -- The scans it is about, as JSON, earliest first.
  scans TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  closing TEXT,
  closed_by TEXT,
  closed_at_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX incidents_open ON incidents (opened_at_ms) WHERE closing IS NULL;
CREATE INDEX incidents_of_ticket ON incidents (ticket_id) WHERE ticket_id IS NOT NULL;

-- What a ticket was from when on, since refunds, suspensions and new codes are told apart from entries by time.
CREATE TABLE ticket_moves (
  ticket_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (ticket_id, at_ms, generation)
) WITHOUT ROWID;

-- What supervisors told the stewards. The words live here alone.
CREATE TABLE announcements (
  announcement_id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id TEXT NOT NULL
) WITHOUT ROWID;

-- What each scanner last said of itself.
CREATE TABLE scanner_status (
  device_id TEXT PRIMARY KEY,
  waiting INTEGER NOT NULL,
  manifest_at_ms INTEGER,
  offset_ms INTEGER,
  told_at_ms INTEGER NOT NULL
) WITHOUT ROWID;
