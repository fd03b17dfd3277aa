-- Payments at an hour when offices are dark. A row whose time of day is not known has no `spent_at`.
SELECT
  unit_code,
  place,
  spent_at,
  max(spent_on) AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  array_agg(_row ORDER BY _row) AS evidence
FROM card_expense
WHERE extract(hour FROM spent_at) >= $from_hour OR extract(hour FROM spent_at) < $until_hour
GROUP BY unit_code, place, spent_at, currency
