-- Years in which a permit to occupy a road was valid and no fee was levied for it.
-- In its first year the fee follows the permit by some days; in each later one it is due by the end of a month. Absence says something only
-- from the first road levy to the as-of day.
WITH known AS (
  SELECT min(levied_on) AS known_from
  FROM fee_levy
  WHERE levy_kind = 'road_occupation'
),
permitted AS (
  SELECT
    r._row, r.permit_no, r.valid_to,
    greatest(r.permitted_on, r.valid_from) AS starts_on,
    coalesce(r.levy_unit_code, r.unit_code) AS unit_code,
    CASE WHEN coalesce(r.levy_unit_code, r.unit_code) = r.unit_code THEN r.officer_no END AS officer_no
  FROM road_occupation r
  WHERE NOT coalesce(r.fee_exempt, false)
    AND coalesce(r.status, 'valid') NOT IN ('revoked', 'withdrawn')
    AND (r.valid_to IS NULL OR r.valid_to >= greatest(r.permitted_on, r.valid_from))
),
spread AS (
  -- A permit of a year at most is levied once, whichever calendar years it touches.
  SELECT
    _row, permit_no, valid_to, starts_on, unit_code, officer_no,
    CAST(extract(year FROM starts_on) AS BIGINT) AS first_year,
    unnest(generate_series(
      CAST(extract(year FROM starts_on) AS BIGINT),
      CASE
        WHEN CAST(valid_to AS INT) - CAST(starts_on AS INT) < $once_days THEN CAST(extract(year FROM starts_on) AS BIGINT)
        ELSE CAST(extract(year FROM least(valid_to, $as_of)) AS BIGINT)
      END
    )) AS levy_year
  FROM permitted
),
a_year AS (
  SELECT
    _row, permit_no, valid_to, starts_on, unit_code, officer_no, levy_year,
    levy_year = first_year AS is_first, make_date(CAST(levy_year AS INT), 1, 1) AS new_year
  FROM spread
),
due AS (
  SELECT
    _row, permit_no, valid_to, starts_on, unit_code, officer_no, levy_year, is_first, new_year,
    CASE
      WHEN is_first THEN CAST(starts_on AS INT) + @within_days(starts_on)
      -- The day before the month after.
      ELSE CAST(make_date(
        CAST(levy_year + @until_month(new_year) / 12 AS INT), CAST(@until_month(new_year) % 12 + 1 AS INT), 1
      ) AS INT) - 1
    END AS due_day
  FROM a_year
),
asked AS (
  SELECT d._row, d.permit_no, d.starts_on, d.unit_code, d.officer_no, d.levy_year, d.is_first, d.due_day
  FROM due d
  CROSS JOIN known k
  WHERE CAST($as_of AS INT) > d.due_day
    AND (
      (d.is_first AND d.starts_on >= k.known_from)
      OR (
        NOT d.is_first
        AND CAST(k.known_from AS INT) <= d.due_day
        AND (d.valid_to IS NULL OR CAST(d.valid_to AS INT) - CAST(d.new_year AS INT) + 1 >= $min_days)
      )
    )
),
levied AS (
  SELECT permit_no, levied_on, coalesce(levy_year, CAST(extract(year FROM levied_on) AS BIGINT)) AS levy_year
  FROM fee_levy
  WHERE levy_kind = 'road_occupation'
    AND permit_no IS NOT NULL
    AND coalesce(status, 'levied') <> 'cancelled'
    AND coalesce(levied_on, $as_of) <= $as_of
),
settled AS (
  -- A permit of December may be levied in January, under the new year.
  SELECT DISTINCT a.permit_no, a.levy_year
  FROM asked a
  JOIN levied l ON l.permit_no = a.permit_no
  WHERE l.levy_year = a.levy_year
    OR (a.is_first AND l.levied_on >= a.starts_on AND CAST(l.levied_on AS INT) <= a.due_day)
)
SELECT
  a.permit_no,
  a.levy_year,
  CAST(CAST(max(a.due_day) AS INT) AS DATE) AS occurred_on,
  CASE WHEN min(a.unit_code) = max(a.unit_code) THEN min(a.unit_code) END AS unit_code,
  CASE WHEN min(a.officer_no) = max(a.officer_no) THEN min(a.officer_no) END AS officer_no,
  min(a.starts_on) AS fact_starts_on,
  CAST(max(CAST($as_of AS INT) - a.due_day) AS BIGINT) AS fact_days_late,
  array_agg(a._row ORDER BY a._row) AS evidence
FROM asked a
LEFT JOIN settled s ON s.permit_no = a.permit_no AND s.levy_year = a.levy_year
WHERE s.permit_no IS NULL
GROUP BY a.permit_no, a.levy_year
