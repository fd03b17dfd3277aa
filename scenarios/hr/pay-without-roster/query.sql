-- Pay the personnel records do not account for: to somebody who is not on the register of staff, or more in a month than
-- the personnel system computed. Most pay is on the register, so the anti-join leaves few rows to group.
WITH unknown AS (
  SELECT p._row, p.employee_no, p.payroll_month, p.currency, p.unit_code, p.amount
  FROM payroll p
  WHERE p.amount > 0
    AND coalesce(p.worker_kind, '') NOT IN ('daily', 'member')
    -- Who joins later was not on the register in that month, but may be owed something from an earlier time.
    AND NOT EXISTS (
      SELECT 1
      FROM employee e
      WHERE e.employee_no = p.employee_no
        AND (
          coalesce(e.joined_on, p.payroll_month) < p.payroll_month + INTERVAL '1 month'
          OR p.item IN ('settlement', 'bonus', 'leave_pay', 'severance')
        )
    )
    -- One person under two numbers is on the register.
    AND NOT EXISTS (
      SELECT 1
      FROM employee e
      WHERE e.resident_no_key = p.resident_no_key
        AND (
          coalesce(e.joined_on, p.payroll_month) < p.payroll_month + INTERVAL '1 month'
          OR p.item IN ('settlement', 'bonus', 'leave_pay', 'severance')
        )
    )
),
not_on_roster AS (
  SELECT
    employee_no, payroll_month, currency,
    sum(amount) AS amount,
    CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
    count(*) AS items,
    array_agg(_row ORDER BY _row) AS evidence
  FROM unknown
  GROUP BY employee_no, payroll_month, currency
  HAVING sum(amount) >= @floor(payroll_month, currency)
),
paid_more AS (  -- cheap: the months in which one item at least was more than computed
  SELECT DISTINCT employee_no, payroll_month, currency
  FROM payroll
  WHERE employee_no IS NOT NULL AND amount > due_amount
),
more_than_due AS (
  SELECT
    p.employee_no, p.payroll_month, p.currency,
    sum(p.amount) - sum(p.due_amount) AS amount,
    CASE WHEN min(p.unit_code) = max(p.unit_code) THEN min(p.unit_code) END AS unit_code,
    count(*) AS items,
    sum(p.due_amount) AS due,
    array_agg(p._row ORDER BY p._row) AS evidence
  FROM paid_more m
  JOIN payroll p
    ON p.employee_no = m.employee_no AND p.payroll_month = m.payroll_month AND p.currency = m.currency
  WHERE p.due_amount IS NOT NULL
  GROUP BY p.employee_no, p.payroll_month, p.currency
  HAVING sum(p.amount) - sum(p.due_amount) > @tolerance(p.payroll_month, p.currency)
)
SELECT
  employee_no,
  payroll_month,
  currency,
  payroll_month AS occurred_on,
  amount,
  unit_code,
  'not_on_roster' AS fact_state,
  items AS fact_items,
  CAST(NULL AS BIGINT) AS fact_due,
  evidence
FROM not_on_roster
UNION ALL
SELECT
  m.employee_no,
  m.payroll_month,
  m.currency,
  m.payroll_month AS occurred_on,
  m.amount,
  m.unit_code,
  'more_than_due' AS fact_state,
  m.items AS fact_items,
  m.due AS fact_due,
  m.evidence
FROM more_than_due m
WHERE NOT EXISTS (
  SELECT 1
  FROM not_on_roster n
  WHERE n.employee_no = m.employee_no AND n.payroll_month = m.payroll_month AND n.currency = m.currency
)
