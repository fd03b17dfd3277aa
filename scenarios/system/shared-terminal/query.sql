-- Different people who log in to one system at one PC within minutes of each other, where one of the two may approve or
-- did so at that PC on that day.
-- Most PCs have one user, so the days with more are found by grouping alone, and log-ins are put in order only for those.
WITH several AS (
  SELECT system_code, pc_no, CAST(logged_in_at AS DATE) AS logged_in_on
  FROM login
  WHERE system_code IS NOT NULL AND pc_no IS NOT NULL AND coalesce(result, 'success') = 'success'
  GROUP BY system_code, pc_no, CAST(logged_in_at AS DATE)
  HAVING min(user_id) < max(user_id)
),
account AS (
  SELECT system_code, user_id, min(employee_no) AS employee_no, bool_or(batch) AS batch
  FROM user_role
  GROUP BY system_code, user_id
),
seen AS (
  -- One person may have several user ids; a user id whose person nobody knows stands for itself.
  SELECT
    l._row, l.system_code, l.pc_no, s.logged_in_on, l.user_id, l.unit_code, l.logged_in_at,
    coalesce(l.employee_no, a.employee_no, l.user_id) AS person
  FROM several s
  JOIN login l
    ON l.system_code = s.system_code AND l.pc_no = s.pc_no AND CAST(l.logged_in_at AS DATE) = s.logged_in_on
  LEFT JOIN account a ON a.system_code = l.system_code AND a.user_id = l.user_id
  WHERE coalesce(l.result, 'success') = 'success' AND NOT coalesce(a.batch, false)
),
in_order AS (
  -- If two people are within the time at all, so are two who follow each other directly.
  SELECT
    _row, system_code, pc_no, logged_in_on, user_id, person, unit_code, logged_in_at,
    lag(_row) OVER by_time AS before_row,
    lag(user_id) OVER by_time AS before_user,
    lag(person) OVER by_time AS before_person,
    lag(unit_code) OVER by_time AS before_unit,
    lag(logged_in_at) OVER by_time AS before_at,
    dense_rank() OVER (PARTITION BY system_code, pc_no, logged_in_on ORDER BY person) AS person_rank
  FROM seen
  WINDOW by_time AS (PARTITION BY system_code, pc_no, logged_in_on ORDER BY logged_in_at, user_id, _row)
),
sized AS (
  SELECT
    _row, before_row, system_code, pc_no, logged_in_on, user_id, before_user, person, before_person, unit_code, before_unit,
    to_unixtime(logged_in_at) - to_unixtime(before_at) AS seconds,
    max(person_rank) OVER (PARTITION BY system_code, pc_no, logged_in_on) AS people
  FROM in_order
),
change AS (
  SELECT
    _row, before_row, system_code, pc_no, logged_in_on, user_id, before_user, person, before_person, unit_code, before_unit,
    seconds
  FROM sized
  WHERE person <> before_person AND seconds <= $within_minutes * 60 AND people <= $most_users
),
approver AS (
  SELECT system_code, user_id, valid_from, valid_to FROM user_role WHERE can_approve = true
),
hit AS (
  SELECT
    c._row, c.before_row, c.system_code, c.pc_no, c.logged_in_on, c.person, c.before_person, c.unit_code, c.before_unit,
    c.seconds
  FROM change c
  WHERE EXISTS (
      SELECT 1
      FROM approver r
      WHERE r.system_code = c.system_code AND r.user_id = c.user_id
        AND r.valid_from <= c.logged_in_on AND coalesce(r.valid_to, c.logged_in_on) >= c.logged_in_on
    )
    OR EXISTS (
      SELECT 1
      FROM approver r
      WHERE r.system_code = c.system_code AND r.user_id = c.before_user
        AND r.valid_from <= c.logged_in_on AND coalesce(r.valid_to, c.logged_in_on) >= c.logged_in_on
    )
    OR EXISTS (
      SELECT 1
      FROM approval a
      WHERE a.system_code = c.system_code AND a.user_id = c.user_id AND a.pc_no = c.pc_no
        AND CAST(a.approved_at AS DATE) = c.logged_in_on
    )
    OR EXISTS (
      SELECT 1
      FROM approval a
      WHERE a.system_code = c.system_code AND a.user_id = c.before_user AND a.pc_no = c.pc_no
        AND CAST(a.approved_at AS DATE) = c.logged_in_on
    )
),
both_of_hit AS (
  SELECT
    h.system_code, h.pc_no, h.logged_in_on, h.seconds,
    CASE WHEN side.n = 1 THEN h._row ELSE h.before_row END AS _row,
    CASE WHEN side.n = 1 THEN h.person ELSE h.before_person END AS person,
    CASE WHEN side.n = 1 THEN h.unit_code ELSE h.before_unit END AS unit_code
  FROM hit h
  CROSS JOIN (SELECT unnest(make_array(1, 2)) AS n) AS side
),
once AS (  -- a log-in between two others belongs to two pairs
  SELECT system_code, pc_no, logged_in_on, _row, person, unit_code, min(seconds) AS seconds
  FROM both_of_hit
  GROUP BY system_code, pc_no, logged_in_on, _row, person, unit_code
),
approvals_a_day AS (
  SELECT system_code, pc_no, CAST(approved_at AS DATE) AS approved_on, count(*) AS approvals
  FROM approval
  GROUP BY system_code, pc_no, CAST(approved_at AS DATE)
)
SELECT
  o.system_code,
  o.pc_no,
  o.logged_in_on,
  o.logged_in_on AS occurred_on,
  CASE WHEN min(o.unit_code) = max(o.unit_code) THEN min(o.unit_code) END AS unit_code,
  count(DISTINCT o.person) AS fact_users,
  min(o.seconds) / 60 AS fact_minutes,
  coalesce(max(a.approvals), 0) AS fact_approvals,
  array_agg(o._row ORDER BY o._row) AS evidence
FROM once o
LEFT JOIN approvals_a_day a
  ON a.system_code = o.system_code AND a.pc_no = o.pc_no AND a.approved_on = o.logged_in_on
GROUP BY o.system_code, o.pc_no, o.logged_in_on
