-- A unit's payments that end just short of the limit, counted over a calendar quarter.
WITH near AS (
  SELECT
    _row,
    unit_code,
    CAST(date_trunc('quarter', paid_on) AS DATE) AS quarter,
    paid_on,
    currency,
    amount,
    vendor_no,
    officer_no,
    @limit(paid_on, currency) AS limit_then
  FROM payment
  WHERE unit_code IS NOT NULL
    AND amount < @limit(paid_on, currency)
    AND amount * 100 >= @limit(paid_on, currency) * $from_percent
)
SELECT
  unit_code,
  quarter,
  currency,
  max(paid_on) AS occurred_on,
  sum(amount) AS amount,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_payments,
  count(DISTINCT vendor_no) AS fact_vendors,
  max(limit_then) AS fact_limit,
  array_agg(_row ORDER BY _row) AS evidence
FROM near
GROUP BY unit_code, quarter, currency
HAVING count(*) >= $min_payments
