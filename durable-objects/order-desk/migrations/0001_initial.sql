CREATE TABLE orders (
  order_id TEXT PRIMARY KEY,
  idempotency_key TEXT NOT NULL UNIQUE,
  request_digest TEXT NOT NULL,
  state TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  tickets TEXT NOT NULL DEFAULT '[]',
  failure TEXT,
  placed_at_ms INTEGER NOT NULL,
  -- Names live here alone, and can be erased without touching the order.
  contact_name TEXT,
  contact_email TEXT,
  -- When the desk itself looks after the order; null once it has ended.
  wake_at_ms INTEGER,
  wake_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX orders_to_wake ON orders (wake_at_ms) WHERE wake_at_ms IS NOT NULL;

-- Links from mails that were used: each opens an order once.
CREATE TABLE spent_links (
  nonce TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  spent_at_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE log_segments (
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  entries TEXT NOT NULL,
  hash TEXT NOT NULL
);
