CREATE TABLE orders (
  order_id TEXT PRIMARY KEY,
  idempotency_key TEXT NOT NULL UNIQUE,
  request_digest TEXT NOT NULL,
  state TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  -- What moves: holds, attempts to pay, tickets, the failure if any.
  progress TEXT NOT NULL,
  placed_at_ms INTEGER NOT NULL,
  -- Names live here alone, and can be erased without touching the order.
  contact_name TEXT,
  contact_email TEXT,
  -- When the desk itself looks after the order; null once it has ended.
  wake_at_ms INTEGER,
  wake_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX orders_to_wake ON orders (wake_at_ms) WHERE wake_at_ms IS NOT NULL;

-- Webhooks already heard, so that a replayed one is answered and nothing more.
CREATE TABLE gateway_events (
  event_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  heard_at_ms INTEGER NOT NULL
) WITHOUT ROWID;

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
