-- A unit's payments that end just short of the limit, counted over a calendar quarter.
WITH near AS (
  SELECT
    _row,
    unit_code,
    CAST(date_trunc('quarter', spent_on) AS DATE) AS quarter,
    spent_on,
    currency,
    amount,
    holder_no,
    @limit(spent_on, currency) AS limit_then
  FROM card_expense
  WHERE unit_code IS NOT NULL
    AND amount < @limit(spent_on, currency)
    AND amount * 100 >= @limit(spent_on, currency) * $from_percent
)
SELECT
  unit_code,
  quarter,
  max(spent_on) AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  max(limit_then) AS fact_limit,
  array_agg(_row ORDER BY _row) AS evidence
FROM near
GROUP BY unit_code, quarter, currency
HAVING count(*) >= $min_payments
