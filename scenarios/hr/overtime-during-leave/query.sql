-- Recognised overtime that falls into approved leave or travel of the same employee.
-- Leave and trips are expanded to days and met by employee and day; by the employee alone every stretch of overtime would
-- meet every leave of years. Hours are compared only where both meet.
WITH away AS (
  SELECT
    employee_no, 'leave' AS state, starts_at, ends_at,
    CAST(starts_on AS INT) AS first_day, CAST(coalesce(ends_on, starts_on) AS INT) AS last_day,
    starts_at IS NULL AND ends_at IS NULL AS whole_days
  FROM leave
  WHERE coalesce(status, 'approved') = 'approved'
  UNION ALL
  -- Of a trip without hours nobody knows when it began and ended.
  SELECT
    employee_no, 'travel' AS state, starts_at, ends_at,
    CAST(starts_on AS INT) AS first_day, CAST(coalesce(ends_on, starts_on) AS INT) AS last_day,
    false AS whole_days
  FROM travel
  WHERE coalesce(status, 'approved') = 'approved'
),
away_day AS (
  -- An end that was mistyped by centuries must not become a million days.
  SELECT
    employee_no, state, starts_at, ends_at, first_day, last_day, whole_days,
    unnest(generate_series(CAST(first_day AS BIGINT), least(last_day, first_day + $longest_days - 1))) AS day
  FROM away
),
met AS (
  SELECT
    o._row, o.employee_no, o.worked_on, o.unit_code, o.minutes, d.state,
    d.whole_days OR (d.day > d.first_day AND d.day < d.last_day) AS all_day,
    to_unixtime(o.starts_at) AS from_at,
    to_unixtime(o.ends_at) AS until_at,
    CASE WHEN d.day > d.first_day THEN to_unixtime(o.worked_on) ELSE to_unixtime(d.starts_at) END AS away_from,
    CASE WHEN d.day < d.last_day THEN to_unixtime(o.worked_on) + 24 * 3600 ELSE to_unixtime(d.ends_at) END AS away_until
  FROM overtime o
  JOIN away_day d ON d.employee_no = o.employee_no AND d.day = CAST(CAST(o.worked_on AS INT) AS BIGINT)
  WHERE coalesce(o.status, 'approved') = 'approved'
    AND coalesce(o.minutes, 1) > 0
),
measured AS (
  -- An unknown hour leaves the overlap unknown: least and greatest would pass over it.
  SELECT
    _row, employee_no, worked_on, unit_code, state,
    CASE
      WHEN all_day THEN coalesce(minutes, (until_at - from_at) / 60)
      WHEN from_at + until_at + away_from + away_until IS NOT NULL
        THEN least((least(until_at, away_until) - greatest(from_at, away_from)) / 60, minutes)
    END AS overlap
  FROM met
),
hit AS (
  -- A stretch may meet a leave and a trip, or a leave that is recorded twice; it counts once.
  SELECT _row, employee_no, worked_on, unit_code, min(state) AS state, max(overlap) AS overlap
  FROM measured
  WHERE overlap > $tolerance_minutes
  GROUP BY _row, employee_no, worked_on, unit_code
)
SELECT
  employee_no,
  worked_on,
  worked_on AS occurred_on,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  min(state) AS fact_state,
  sum(overlap) AS fact_minutes,
  count(*) AS fact_stretches,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
GROUP BY employee_no, worked_on
