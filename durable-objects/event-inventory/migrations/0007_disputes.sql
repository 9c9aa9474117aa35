-- Which disputes about its payment a ticket was suspended for: rows for disputed tickets alone. One that is over stays, so
-- that a late call about it suspends nothing any more.
CREATE TABLE ticket_disputes (
  ticket_id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  is_over INTEGER NOT NULL,
  PRIMARY KEY (ticket_id, dispute_id)
) WITHOUT ROWID;
