-- Rows whose day lies outside the month of the ledger they stand in.
-- `occurred_on` is the ledger's month: of the two dates it is the one that is not in doubt.
SELECT
  unit_code,
  ledger_month,
  ledger_month AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(holder_no) = max(holder_no) THEN min(holder_no) END AS holder_no,
  count(*) AS fact_payments,
  min(spent_on) AS fact_earliest,
  max(spent_on) AS fact_latest,
  array_agg(_row ORDER BY _row) AS evidence
FROM card_expense
WHERE CAST(ledger_month AS INT) - CAST(spent_on AS INT) > $grace_days
   OR CAST(spent_on AS INT) - CAST(CAST(ledger_month + INTERVAL '1 month' AS DATE) AS INT) >= $grace_days
GROUP BY unit_code, ledger_month, currency
