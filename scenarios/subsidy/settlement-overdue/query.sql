-- Settlements that were not reported when their day and the grace after it had passed.
-- A report that is missing is late by the as-of day, and so is one dated after it.
WITH owed AS (
  SELECT
    _row, subsidy_no, due_on, greatest(due_on, extended_to) AS last_on, reported_on, unit_code, officer_no,
    least(reported_on, $as_of) AS seen_on
  FROM subsidy_settlement
  WHERE due_on IS NOT NULL AND (reported_on IS NULL OR reported_on > due_on)
),
late AS (
  SELECT
    _row, subsidy_no, due_on, last_on, reported_on, unit_code, officer_no,
    CAST(seen_on AS INT) - CAST(last_on AS INT) AS days_late
  FROM owed
  WHERE CAST(seen_on AS INT) - CAST(last_on AS INT) > $grace_days
)
SELECT
  l.subsidy_no,
  l.due_on,
  max(l.last_on) AS occurred_on,
  max(s.amount) AS amount,
  max(s.currency) AS currency,
  CASE WHEN min(l.unit_code) = max(l.unit_code) THEN min(l.unit_code) END AS unit_code,
  CASE WHEN min(l.officer_no) = max(l.officer_no) THEN min(l.officer_no) END AS officer_no,
  max(l.last_on) AS fact_last_on,
  max(l.reported_on) AS fact_reported_on,
  CAST(max(l.days_late) AS BIGINT) AS fact_days_late,
  max(s.recipient_no) AS fact_recipient,
  array_agg(l._row ORDER BY l._row) AS evidence
FROM late l
LEFT JOIN subsidy s ON s.subsidy_no = l.subsidy_no
WHERE coalesce(s.status, 'active') <> 'cancelled'
GROUP BY l.subsidy_no, l.due_on
