-- Pay for a month after the one an employee left in, and pay for days that all lie in an unpaid leave or suspension.
-- An employee has one day of leaving and few orders without pay, so both are joined by the employee's number: each row of
-- pay meets one or two of them, and expanding leaves of years to days would only make more.
WITH gone AS (
  SELECT e.employee_no, e.left_on
  FROM employee e
  WHERE e.left_on IS NOT NULL
    -- Who was taken on again, or whose leaving was undone, is in service.
    AND coalesce(e.joined_on, e.left_on) <= e.left_on
    AND NOT EXISTS (
      SELECT 1
      FROM appointment a
      WHERE a.employee_no = e.employee_no AND a.kind IN ('hired', 'reinstated') AND a.appointed_on > e.left_on
    )
),
unpaid AS (
  -- Who came back early was reinstated before the day the order names.
  SELECT
    u.employee_no, u.kind, u.appointed_on, u.ends_on,
    min(b.appointed_on) AS back_on
  FROM appointment u
  LEFT JOIN appointment b
    ON b.employee_no = u.employee_no AND b.kind = 'reinstated' AND b.appointed_on > u.appointed_on
  WHERE u.kind IN ('leave_of_absence', 'suspended') AND u.pay_due = false
  GROUP BY u.employee_no, u.kind, u.appointed_on, u.ends_on
),
running AS (
  -- Settlements, bonuses, pay for leave not taken and severance are paid after leaving rightly. Overtime, travel and
  -- others are paid later than they were earned, so they say nothing without the days they cover.
  SELECT
    _row, employee_no, payroll_month, unit_code, item, amount, currency, officer_no,
    coalesce(covers_from, payroll_month) AS covers_from, covers_to
  FROM payroll
  WHERE amount > 0
    AND (
      item IN ('salary', 'allowance', 'family')
      OR (item IN ('overtime', 'travel', 'other') AND covers_from IS NOT NULL)
    )
),
after_leaving AS (
  SELECT
    r._row, r.employee_no, r.payroll_month, r.unit_code, r.amount, r.currency, r.officer_no,
    r.covers_from, g.left_on,
    (extract(year FROM r.covers_from) - extract(year FROM g.left_on)) * 12
      + extract(month FROM r.covers_from) - extract(month FROM g.left_on) AS months_later
  FROM gone g
  JOIN running r ON r.employee_no = g.employee_no
  WHERE r.covers_from > g.left_on
),
on_unpaid_leave AS (
  SELECT
    r._row, r.employee_no, r.payroll_month, r.unit_code, r.amount, r.currency, r.officer_no,
    u.appointed_on, u.ends_on, u.back_on,
    coalesce(
      r.covers_to,
      CAST(date_trunc('month', r.covers_from) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)
    ) AS covers_to
  FROM unpaid u
  JOIN running r ON r.employee_no = u.employee_no
  WHERE r.covers_from >= u.appointed_on
    AND r.covers_from <= coalesce(u.ends_on, r.covers_from)
    -- An allowance is paid on parental leave too.
    AND (r.item <> 'allowance' OR u.kind = 'suspended')
),
hit AS (
  SELECT
    _row, employee_no, payroll_month, unit_code, amount, currency, officer_no,
    'left' AS state, left_on AS since
  FROM after_leaving
  WHERE months_later > @months_after(covers_from)
  UNION ALL
  -- The months a leave begins and ends in are paid by days, so all days an item covers have to be unpaid.
  SELECT
    _row, employee_no, payroll_month, unit_code, amount, currency, officer_no,
    'unpaid' AS state, appointed_on AS since
  FROM on_unpaid_leave
  WHERE covers_to <= coalesce(ends_on, covers_to)
    AND (back_on IS NULL OR covers_to < back_on)
),
once AS (
  SELECT
    _row, employee_no, payroll_month, unit_code, amount, currency, officer_no,
    min(state) AS state, min(since) AS since
  FROM hit
  GROUP BY _row, employee_no, payroll_month, unit_code, amount, currency, officer_no
)
SELECT
  employee_no,
  payroll_month,
  currency,
  payroll_month AS occurred_on,
  sum(amount) AS amount,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  min(state) AS fact_state,
  min(since) AS fact_since,
  count(*) AS fact_items,
  array_agg(_row ORDER BY _row) AS evidence
FROM once
GROUP BY employee_no, payroll_month, currency
