-- One unit, one place, one day: payments that each stay under the limit and together reach it.
-- Most units make no two payments a day that could: those are told apart by unit and day alone, which is cheap, and only
-- what stays is grouped by place. All amounts are above zero, so a place reaches the limit only where its unit does.
WITH small AS (
  SELECT _row, unit_code, place, spent_on, currency, amount, holder_no, @limit(spent_on, currency) AS limit_then
  FROM card_expense
  WHERE unit_code IS NOT NULL
    AND place IS NOT NULL
    AND amount > 0
    AND amount < @limit(spent_on, currency)
),
busy_day AS (
  SELECT unit_code, spent_on, currency
  FROM small
  GROUP BY unit_code, spent_on, currency
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
FROM busy_day b
JOIN small s ON s.spent_on = b.spent_on AND s.unit_code = b.unit_code AND s.currency = b.currency
GROUP BY s.unit_code, s.place, s.spent_on, s.currency
HAVING count(*) >= $min_payments AND sum(s.amount) >= max(s.limit_then)
