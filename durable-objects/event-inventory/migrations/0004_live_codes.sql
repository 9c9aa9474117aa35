-- The P-256 point, compressed and in base64url, of the device that bears the ticket's live code. NULL: none does.
ALTER TABLE tickets ADD COLUMN holder_key TEXT;
-- The event's number for its type, as its codes say it. 0: from before codes said it.
ALTER TABLE tickets ADD COLUMN type_number INTEGER NOT NULL DEFAULT 0;
-- What was issued of it: generation, key id, and SHA-256 of the exact bytes the issuer signed and his signature.
ALTER TABLE tickets ADD COLUMN printed_digest TEXT;
ALTER TABLE tickets ADD COLUMN live_digest TEXT;

CREATE TABLE type_numbers (
  type_id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 255)
) WITHOUT ROWID;

-- The event's issuer keys, by id; each is derived when it is needed.
CREATE TABLE key_ring (
  key_id INTEGER PRIMARY KEY CHECK (key_id BETWEEN 1 AND 255),
  from_ms INTEGER NOT NULL,
  retired_at_ms INTEGER
);
INSERT INTO key_ring (key_id, from_ms) VALUES (1, 0);

-- Activations already answered (I5), so that a recorded one cannot be played again.
CREATE TABLE activations (
  activation_id TEXT PRIMARY KEY,
  ticket_id TEXT NOT NULL,
  holder_key TEXT NOT NULL,
  generation INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- Few tickets are ever replaced or refunded: gates without network carry the list of those.
CREATE INDEX tickets_revoked ON tickets (ticket_id) WHERE generation > 1 OR status IN ('refunded', 'suspended');
