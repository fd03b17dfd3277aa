-- One unit, one place, one day: payments that each stay under the limit and together reach it.
-- The groups are found by counting and adding alone; rows are collected only for the few groups that stay, because an
-- ordered list for every group costs four times the rest.
WITH small AS (
  SELECT _row, unit_code, place, spent_on, currency, amount, holder_no, @limit(spent_on, currency) AS limit_then
  FROM card_expense
  WHERE unit_code IS NOT NULL
    AND place IS NOT NULL
    AND amount > 0
    AND amount < @limit(spent_on, currency)
),
together AS (
  SELECT unit_code, place, spent_on, currency
  FROM small
  GROUP BY unit_code, place, spent_on, currency
  HAVING count(*) >= $min_payments AND sum(amount) >= max(limit_then)
)
SELECT
  s.unit_code,
  s.place,
  s.spent_on,
  s.spent_on AS occurred_on,
  sum(s.amount) AS amount,
  s.currency,
  CASE WHEN min(s.holder_no) = max(s.holder_no) THEN min(s.holder_no) END AS holder_no,
  count(*) AS fact_payments,
  max(s.limit_then) AS fact_limit,
  array_agg(s._row ORDER BY s._row) AS evidence
FROM together t
JOIN small s
  ON s.spent_on = t.spent_on AND s.unit_code = t.unit_code AND s.place = t.place AND s.currency = t.currency
GROUP BY s.unit_code, s.place, s.spent_on, s.currency
