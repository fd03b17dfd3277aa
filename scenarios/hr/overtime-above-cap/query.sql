-- Months in which more overtime was recognised than a day or the month allows, for employees whose service has no caps of
-- its own. Days are added up to months; the rows themselves are collected only for the few months that stay.
WITH a_day AS (
  SELECT employee_no, worked_on, sum(minutes) AS minutes
  FROM overtime
  WHERE minutes > 0
    AND coalesce(status, 'approved') = 'approved'
    AND coalesce(kind, 'ordinary') <> 'essential'
  GROUP BY employee_no, worked_on
),
a_month AS (
  SELECT
    employee_no,
    CAST(date_trunc('month', worked_on) AS DATE) AS worked_month,
    sum(minutes) AS minutes,
    max(minutes) AS longest_day,
    count(CASE WHEN minutes > @day_limit(worked_on) THEN 1 END) AS days_above
  FROM a_day
  GROUP BY employee_no, CAST(date_trunc('month', worked_on) AS DATE)
),
above AS (
  SELECT
    employee_no, worked_month, minutes, longest_day, days_above,
    @month_limit(worked_month) AS month_limit
  FROM a_month
  WHERE days_above > 0 OR minutes > @month_limit(worked_month)
),
recognised AS (
  SELECT
    o._row, o.employee_no, o.worked_on, o.unit_code, o.approver_no,
    a.worked_month, a.minutes, a.month_limit, a.days_above, a.longest_day,
    sum(o.minutes) OVER (PARTITION BY o.employee_no, o.worked_on) AS day_minutes
  FROM above a
  JOIN overtime o
    ON o.employee_no = a.employee_no AND CAST(date_trunc('month', o.worked_on) AS DATE) = a.worked_month
  WHERE o.minutes > 0
    AND coalesce(o.status, 'approved') = 'approved'
    AND coalesce(o.kind, 'ordinary') <> 'essential'
)
SELECT
  employee_no,
  worked_month,
  max(worked_on) AS occurred_on,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(approver_no) = max(approver_no) THEN min(approver_no) END AS approver_no,
  max(minutes) AS fact_minutes,
  max(month_limit) AS fact_month_limit,
  max(days_above) AS fact_days_above,
  max(longest_day) AS fact_longest_day,
  array_agg(_row ORDER BY _row) AS evidence
FROM recognised
WHERE minutes > month_limit OR day_minutes > @day_limit(worked_on)
GROUP BY employee_no, worked_month
