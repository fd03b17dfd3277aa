-- Payments at or above the limit whose record does not say how many people took part.
SELECT
  unit_code,
  place,
  spent_on,
  spent_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  max(@limit(spent_on, currency)) AS fact_limit,
  array_agg(_row ORDER BY _row) AS evidence
FROM card_expense
WHERE head_count IS NULL AND amount >= @limit(spent_on, currency)
GROUP BY unit_code, place, spent_on, currency
