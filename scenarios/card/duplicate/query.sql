-- The same unit, place, minute and amount on two or more rows.
-- Minute and amount are numbers and rarely the same: they leave few rows to compare by their texts.
WITH repeated AS (
  SELECT spent_at, amount
  FROM card_expense
  WHERE spent_at IS NOT NULL
  GROUP BY spent_at, amount
  HAVING count(*) >= $min_payments
),
twice AS (
  SELECT c.unit_code, c.place, c.spent_at, c.amount, c.currency
  FROM repeated r
  JOIN card_expense c ON c.spent_at = r.spent_at AND c.amount = r.amount
  WHERE c.unit_code IS NOT NULL AND c.place IS NOT NULL
  GROUP BY c.unit_code, c.place, c.spent_at, c.amount, c.currency
  HAVING count(*) >= $min_payments
)
SELECT
  e.unit_code,
  e.place,
  e.spent_at,
  e.amount AS each_amount,
  max(e.spent_on) AS occurred_on,
  sum(e.amount) - e.amount AS amount,
  e.currency,
  CASE WHEN min(e.holder_no) = max(e.holder_no) THEN min(e.holder_no) END AS holder_no,
  count(*) AS fact_payments,
  array_agg(e._row ORDER BY e._row) AS evidence
FROM twice t
JOIN card_expense e
  ON e.spent_at = t.spent_at
  AND e.amount = t.amount
  AND e.unit_code = t.unit_code
  AND e.place = t.place
  AND e.currency = t.currency
GROUP BY e.unit_code, e.place, e.spent_at, e.amount, e.currency
