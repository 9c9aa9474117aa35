-- Who bought a ticket that somebody else holds now: it counts towards the limits of both. NULL: its buyer has it.
ALTER TABLE tickets ADD COLUMN bought_by TEXT;

-- Tickets offered to somebody. Whom they were sent to stands here as a pseudonym; the address is kept where it can be erased.
CREATE TABLE transfers (
  transfer_id TEXT PRIMARY KEY,
  ticket_id TEXT NOT NULL,
  from_customer TEXT NOT NULL,
  for_customer TEXT,
  -- One that ran out is written so only when the next one is made: until then its end says it.
  state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn', 'expired', 'void')),
  ends_at_ms INTEGER NOT NULL,
  to_customer TEXT,
  generation INTEGER
) WITHOUT ROWID;

-- Two offers of one ticket would be two people with a claim to it.
CREATE UNIQUE INDEX transfers_offered ON transfers (ticket_id) WHERE state = 'offered';

-- Reissues already made (I5): asked for again, the code that came of one must not be made void by another.
CREATE TABLE reissues (
  reissue_id TEXT PRIMARY KEY,
  ticket_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;
