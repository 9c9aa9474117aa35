-- A business's own stock lives in an inventory under its id, beside no event.
CREATE TABLE shop_in_force (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE shop_holds (
  hold_id TEXT PRIMARY KEY,
  request_digest TEXT NOT NULL,
  order_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('refused', 'held', 'firm', 'confirmed', 'released', 'expired')),
  lines TEXT NOT NULL,
  expires_at_ms INTEGER,
  failure TEXT
) WITHOUT ROWID;

CREATE INDEX shop_holds_to_expire ON shop_holds (expires_at_ms) WHERE status = 'held';

-- Uses of a promotion that one customer holds or has had: kept, so that a limit is checked without counting.
CREATE TABLE promo_takes (
  customer_id TEXT NOT NULL,
  promo_id TEXT NOT NULL,
  taken INTEGER NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (customer_id, promo_id)
) WITHOUT ROWID;
