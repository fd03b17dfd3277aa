-- Roles of a unit that were still valid some days after their holder was moved to another unit or left.
-- A role meets the orders that move its holder out of its own unit, which are few; days are compared only for those.
WITH held AS (
  -- A role that was not withdrawn is known to have held until the as-of day, and no longer.
  SELECT
    r._row, r.system_code, r.user_id, r.employee_no, r.unit_code, r.can_approve, r.valid_from,
    least(r.valid_to, $as_of) AS held_until
  FROM user_role r
  WHERE r.employee_no IS NOT NULL AND NOT coalesce(r.batch, false)
),
moved AS (
  SELECT h._row, h.employee_no, h.unit_code, h.held_until, a.appointed_on AS moved_on
  FROM held h
  JOIN appointment a ON a.employee_no = h.employee_no AND a.previous_unit_code = h.unit_code
  WHERE a.kind IN ('transfer', 'promotion')
    AND a.unit_code <> a.previous_unit_code
    AND h.valid_from <= a.appointed_on
    AND CAST(h.held_until AS INT) - CAST(a.appointed_on AS INT) > $grace_days
),
moved_for_good AS (
  -- Whoever comes back needs the role again; a second post in the old unit needs it as long as it lasts.
  SELECT
    m._row, m.moved_on,
    least(m.held_until, min(CASE WHEN b.kind <> 'concurrent' AND b.appointed_on >= m.moved_on THEN b.appointed_on END))
      AS held_until,
    greatest(
      m.moved_on,
      max(
        CASE
          WHEN b.kind = 'concurrent' AND CAST(b.appointed_on AS INT) - CAST(m.moved_on AS INT) <= $grace_days
            THEN coalesce(b.ends_on, m.held_until)
        END
      )
    ) AS needed_until
  FROM moved m
  LEFT JOIN appointment b ON b.employee_no = m.employee_no AND b.unit_code = m.unit_code
  GROUP BY m._row, m.moved_on, m.held_until
),
left_service AS (
  SELECT h._row, e.left_on AS moved_on, h.held_until
  FROM held h
  JOIN employee e ON e.employee_no = h.employee_no
  WHERE h.valid_from <= e.left_on
    -- Who was taken on again is in service.
    AND coalesce(e.joined_on, e.left_on) <= e.left_on
    AND CAST(h.held_until AS INT) - CAST(e.left_on AS INT) > $grace_days
    AND NOT EXISTS (
      SELECT 1
      FROM appointment a
      WHERE a.employee_no = e.employee_no
        AND a.kind IN ('hired', 'reinstated')
        AND a.appointed_on > e.left_on
        AND a.appointed_on <= $as_of
    )
),
kept AS (
  SELECT _row, 'moved' AS state, moved_on, CAST(held_until AS INT) - CAST(moved_on AS INT) AS days
  FROM moved_for_good
  WHERE CAST(held_until AS INT) - CAST(needed_until AS INT) > $grace_days
  UNION ALL
  SELECT _row, 'left' AS state, moved_on, CAST(held_until AS INT) - CAST(moved_on AS INT) AS days
  FROM left_service
),
once AS (
  -- Of several moves the one a role outlasted longest is shown.
  SELECT
    _row,
    first_value(state ORDER BY days DESC, moved_on, state) AS state,
    first_value(moved_on ORDER BY days DESC, moved_on, state) AS moved_on,
    max(days) AS days
  FROM kept
  GROUP BY _row
)
SELECT
  h.system_code,
  h.user_id,
  h.unit_code,
  first_value(o.moved_on ORDER BY o.days DESC, o.moved_on, o.state) AS occurred_on,
  first_value(o.state ORDER BY o.days DESC, o.moved_on, o.state) AS fact_state,
  first_value(o.moved_on ORDER BY o.days DESC, o.moved_on, o.state) AS fact_moved_on,
  CAST(max(o.days) AS BIGINT) AS fact_days,
  count(*) AS fact_roles,
  count(CASE WHEN h.can_approve = true THEN 1 END) AS fact_approving,
  array_agg(h._row ORDER BY h._row) AS evidence
FROM once o
JOIN held h ON h._row = o._row
GROUP BY h.system_code, h.user_id, h.unit_code
