-- Whom an order is a gift for and what its giver says, as JSON. Erased with the other names.
ALTER TABLE orders ADD COLUMN contact_gift TEXT;
