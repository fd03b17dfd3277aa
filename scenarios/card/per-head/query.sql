-- Payments above the limit for each person the record says took part.
SELECT
  unit_code,
  place,
  spent_on,
  spent_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  sum(head_count) AS fact_people,
  max(amount / head_count) AS fact_each,
  max(@per_head(spent_on, currency)) AS fact_limit,
  array_agg(_row ORDER BY _row) AS evidence
FROM card_expense
WHERE head_count > 0 AND amount > @per_head(spent_on, currency) * head_count
GROUP BY unit_code, place, spent_on, currency
