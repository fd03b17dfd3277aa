-- Refunds of local tax paid out to somebody who had died before that day, other than to an heir's account.
WITH paid AS (
  -- The dead are few: they meet the refunds on the person's key, and all else is asked of those that are left.
  SELECT
    r._row, r.refund_no, r.account_no_key, r.paid_on, r.currency, r.unit_code,
    r.amount - coalesce(r.setoff_amount, 0) AS paid_amount,
    min(d.died_on) AS died_on, min(d.registered_on) AS registered_on
  FROM death d
  JOIN refund r ON r.resident_no_key = d.resident_no_key
  WHERE r.revenue_kind = 'local_tax'
    AND CAST(r.paid_on AS INT) - CAST(d.died_on AS INT) > $grace_days
    AND r.amount - coalesce(r.setoff_amount, 0) >= @floor(r.paid_on, r.currency)
  GROUP BY r._row, r.refund_no, r.account_no_key, r.paid_on, r.currency, r.unit_code, r.amount, r.setoff_amount
),
to_heir AS (
  SELECT DISTINCT p.refund_no
  FROM paid p
  JOIN refund_account a ON a.refund_no = p.refund_no
  WHERE a.revenue_kind = 'local_tax'
    AND a.agent_kind = 'heir'
    AND (a.entered_on IS NULL OR a.entered_on <= p.paid_on)
    AND (a.account_no_key IS NULL OR p.account_no_key IS NULL OR a.account_no_key = p.account_no_key)
)
SELECT
  p.refund_no,
  max(p.paid_on) AS occurred_on,
  sum(p.paid_amount) AS amount,
  p.currency,
  CASE WHEN min(p.unit_code) = max(p.unit_code) THEN min(p.unit_code) END AS unit_code,
  min(p.died_on) AS fact_died_on,
  min(p.registered_on) AS fact_registered_on,
  CAST(max(CAST(p.paid_on AS INT) - CAST(p.died_on AS INT)) AS BIGINT) AS fact_days,
  array_agg(p._row ORDER BY p._row) AS evidence
FROM paid p
LEFT JOIN to_heir h ON h.refund_no = p.refund_no
WHERE h.refund_no IS NULL
GROUP BY p.refund_no, p.currency
