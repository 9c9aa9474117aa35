-- What refunds gave back to a business's stock, under the refund's id: once.
CREATE TABLE shop_returns (
  return_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  lines TEXT NOT NULL,
  returned_at_ms INTEGER NOT NULL
) WITHOUT ROWID;
