-- Debtors whose charges and fines are long overdue without a seizure in force. One unit's arrears of one debtor stand together.
-- Absence says something only within the days the seizures cover: from the first on which anything was seized to the as-of day.
WITH known AS (
  SELECT min(seized_on) AS known_from
  FROM seizure
  WHERE revenue_kind = 'non_tax'
),
overdue AS (
  -- After a stay or deferral the days count anew; one without an end goes on.
  SELECT
    a._row, a.unit_code, a.payer_no, a.arrears_no, a.levy_no, a.due_on, a.amount, a.currency, a.officer_no,
    CAST($as_of AS INT) - CAST(a.due_on AS INT) AS days,
    @floor(a.due_on, a.currency) AS floor_then
  FROM arrears a
  CROSS JOIN known k
  WHERE a.revenue_kind = 'non_tax'
    AND a.cleared_on IS NULL
    AND a.amount > 0
    AND a.payer_no IS NOT NULL
    AND a.due_on >= k.known_from
    AND NOT (a.deferred_from IS NOT NULL AND a.deferred_to IS NULL)
    AND NOT (a.stayed_from IS NOT NULL AND a.stayed_to IS NULL)
    AND CAST($as_of AS INT) - CAST(greatest(a.due_on, a.deferred_to, a.stayed_to) AS INT) > @within_days(a.due_on)
),
held AS (
  SELECT arrears_no, levy_no, payer_no
  FROM seizure
  WHERE revenue_kind = 'non_tax' AND seized_on <= $as_of AND (released_on IS NULL OR released_on > $as_of)
),
secured AS (
  SELECT o._row
  FROM overdue o
  JOIN held h ON h.arrears_no = o.arrears_no
  UNION
  SELECT o._row
  FROM overdue o
  JOIN held h ON h.levy_no = o.levy_no
  UNION
  -- A seizure that names no debt of its own stands for all the debtor owes.
  SELECT o._row
  FROM overdue o
  JOIN held h ON h.payer_no = o.payer_no
  WHERE h.arrears_no IS NULL AND h.levy_no IS NULL
)
SELECT
  o.unit_code,
  o.payer_no,
  min(o.due_on) AS occurred_on,
  sum(o.amount) AS amount,
  o.currency,
  CASE WHEN min(o.officer_no) = max(o.officer_no) THEN min(o.officer_no) END AS officer_no,
  count(*) AS fact_arrears,
  CAST(max(o.days) AS BIGINT) AS fact_days,
  array_agg(o._row ORDER BY o._row) AS evidence
FROM overdue o
LEFT JOIN secured s ON s._row = o._row
WHERE s._row IS NULL
GROUP BY o.unit_code, o.payer_no, o.currency
HAVING sum(o.amount) >= max(o.floor_then)
