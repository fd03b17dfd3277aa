-- Petitions decided after their day or still open past it, and petitions extended more often than allowed.
-- An open one is late by the as-of day, and so is one whose day of decision lies after it.
WITH timed AS (
  SELECT
    p._row, p.petition_no, p.petition_name, p.unit_code, p.officer_no, p.received_on, p.decided_on, p.extensions,
    p.extensions > @most_extensions(p.received_on) AS extended,
    coalesce(p.due_on, add_working_days(p.first_due_on, coalesce(p.stopped_days, 0))) AS last_on,
    -- What was decided without a day nobody can time.
    CASE WHEN p.decided_on IS NOT NULL OR coalesce(p.status, 'open') = 'open' THEN least(p.decided_on, $as_of) END
      AS seen_on
  FROM petition p
  WHERE coalesce(p.status, 'open') NOT IN ('withdrawn', 'transferred') AND coalesce(p.received_on, $as_of) <= $as_of
),
judged AS (
  SELECT
    _row, petition_no, petition_name, unit_code, officer_no, received_on, decided_on, extensions, extended, last_on,
    CASE WHEN seen_on > last_on THEN working_days_between(last_on, seen_on) END AS days_late
  FROM timed
  WHERE extended OR seen_on > last_on
)
SELECT
  petition_no,
  max(coalesce(last_on, received_on)) AS occurred_on,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  max(petition_name) AS fact_name,
  max(last_on) AS fact_last_on,
  max(decided_on) AS fact_decided_on,
  max(coalesce(days_late, 0)) AS fact_days_late,
  max(coalesce(extensions, 0)) AS fact_extensions,
  array_agg(_row ORDER BY _row) AS evidence
FROM judged
WHERE extended OR days_late > $grace_working_days
GROUP BY petition_no
