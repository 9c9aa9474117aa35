-- What customers hold and bought before it was counted: without it a limit would begin anew. Counted afresh, so that it is
-- right whatever was counted meanwhile.
DELETE FROM customer_takes;
INSERT INTO customer_takes (customer_id, type_id, taken)
SELECT customer_id, type_id, SUM(quantity) FROM (
  SELECT customer_id, type_id, 1 AS quantity FROM tickets WHERE status != 'refunded'
  UNION ALL
  SELECT customer_id, line.value ->> 'typeId', line.value ->> 'quantity'
  FROM holds, json_each(holds.lines) AS line WHERE holds.status IN ('held', 'firm')
)
GROUP BY customer_id, type_id;
