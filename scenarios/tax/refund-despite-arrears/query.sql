-- Refunds of local tax paid out while the payer owed local tax that had fallen due and was neither stayed, deferred nor set off.
-- A payer is the same by payer, resident or business number. Each of the three is nearly one payer's alone, so the joins stay small.
WITH paid AS (
  SELECT
    _row, refund_no, payer_no, resident_no_key, business_no, paid_on, currency, unit_code, officer_no,
    amount - coalesce(setoff_amount, 0) AS paid_amount
  FROM refund
  WHERE revenue_kind = 'local_tax' AND amount - coalesce(setoff_amount, 0) >= @floor(paid_on, currency)
),
owing AS (
  SELECT
    _row AS arrears_row, levy_no, payer_no, resident_no_key, business_no, due_on, amount, currency,
    coalesce(cleared_on, DATE '9999-12-31') AS open_until,
    deferred_from, deferred_to, stayed_from, stayed_to
  FROM arrears
  WHERE revenue_kind = 'local_tax' AND amount > 0
),
pair AS (
  SELECT p._row, o.arrears_row
  FROM paid p
  JOIN owing o ON o.payer_no = p.payer_no AND o.currency = p.currency
  WHERE CAST(p.paid_on AS INT) - CAST(o.due_on AS INT) > $grace_days AND o.open_until > p.paid_on
  UNION
  SELECT p._row, o.arrears_row
  FROM paid p
  JOIN owing o ON o.resident_no_key = p.resident_no_key AND o.currency = p.currency
  WHERE CAST(p.paid_on AS INT) - CAST(o.due_on AS INT) > $grace_days AND o.open_until > p.paid_on
  UNION
  SELECT p._row, o.arrears_row
  FROM paid p
  JOIN owing o ON o.business_no = p.business_no AND o.currency = p.currency
  WHERE CAST(p.paid_on AS INT) - CAST(o.due_on AS INT) > $grace_days AND o.open_until > p.paid_on
),
open_then AS (
  SELECT c._row, c.arrears_row, o.levy_no, o.amount, o.due_on, p.paid_on
  FROM pair c
  JOIN owing o ON o.arrears_row = c.arrears_row
  JOIN paid p ON p._row = c._row
  WHERE NOT (
      (o.stayed_from IS NOT NULL OR o.stayed_to IS NOT NULL)
      AND coalesce(o.stayed_from, p.paid_on) <= p.paid_on AND coalesce(o.stayed_to, p.paid_on) >= p.paid_on
    )
    AND NOT (
      (o.deferred_from IS NOT NULL OR o.deferred_to IS NOT NULL)
      AND coalesce(o.deferred_from, p.paid_on) <= p.paid_on AND coalesce(o.deferred_to, p.paid_on) >= p.paid_on
    )
),
set_off AS (
  -- A set-off may be booked as a receipt on the levy instead of on the refund, some days before or after.
  SELECT DISTINCT t._row, t.arrears_row
  FROM open_then t
  JOIN collection c ON c.levy_no = t.levy_no
  WHERE c.revenue_kind = 'local_tax'
    AND c.kind = 'setoff'
    AND CAST(c.collected_on AS INT) - CAST(t.paid_on AS INT) BETWEEN -$setoff_days AND $setoff_days
),
owed AS (
  SELECT t._row, count(*) AS arrears_count, sum(t.amount) AS arrears_amount, min(t.due_on) AS due_on
  FROM open_then t
  LEFT JOIN set_off s ON s._row = t._row AND s.arrears_row = t.arrears_row
  WHERE s._row IS NULL
  GROUP BY t._row
)
SELECT
  p.refund_no,
  max(p.paid_on) AS occurred_on,
  sum(least(p.paid_amount, o.arrears_amount)) AS amount,
  p.currency,
  CASE WHEN min(p.unit_code) = max(p.unit_code) THEN min(p.unit_code) END AS unit_code,
  CASE WHEN min(p.officer_no) = max(p.officer_no) THEN min(p.officer_no) END AS officer_no,
  sum(p.paid_amount) AS fact_paid,
  sum(o.arrears_count) AS fact_arrears,
  sum(o.arrears_amount) AS fact_arrears_amount,
  min(o.due_on) AS fact_due_on,
  array_agg(p._row ORDER BY p._row) AS evidence
FROM owed o
JOIN paid p ON p._row = o._row
WHERE least(p.paid_amount, o.arrears_amount) >= @floor(p.paid_on, p.currency)
GROUP BY p.refund_no, p.currency
