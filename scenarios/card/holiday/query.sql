-- Payments on a Saturday, a Sunday or a public holiday. A year the calendar does not list gives null: not flagged.
SELECT
  unit_code,
  place,
  spent_on,
  spent_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  max(holiday_name(spent_on)) AS fact_holiday,
  array_agg(_row ORDER BY _row) AS evidence
FROM card_expense
WHERE day_off(spent_on)
GROUP BY unit_code, place, spent_on, currency
