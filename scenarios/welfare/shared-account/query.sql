-- Benefits paid to an account that, in the same month, also received those of unrelated beneficiaries, or that is the
-- account an employee in service is paid to; payments to an account approved for the beneficiary are taken out first.
-- Accounts and persons are compared by their keyed hashes; no number is read or shown.
WITH lives AS (  -- one row a beneficiary, whatever the register holds
  SELECT
    beneficiary_no,
    min(household_no) AS household_no,
    min(facility_no) AS facility_no,
    coalesce(min(household_no), 'facility ' || min(facility_no)) AS home,
    min(resident_no_key) AS resident_no_key
  FROM beneficiary
  GROUP BY beneficiary_no
),
several AS (  -- cheap: the accounts that received for more than one home at all
  SELECT p.account_no_key
  FROM welfare_payment p
  JOIN lives l ON l.beneficiary_no = p.beneficiary_no
  WHERE p.account_no_key IS NOT NULL AND p.amount > 0
  GROUP BY p.account_no_key
  HAVING min(l.home) < max(l.home)
),
candidate AS (
  SELECT account_no_key FROM several
  UNION
  SELECT account_no_key FROM employee WHERE account_no_key IS NOT NULL
),
paid AS (
  SELECT
    p._row, p.beneficiary_no, p.benefit_kind, p.paid_on, p.account_no_key, p.amount, p.currency, p.unit_code,
    CAST(date_trunc('month', coalesce(p.benefit_month, p.paid_on)) AS DATE) AS benefit_month,
    coalesce(p.resident_no_key, l.resident_no_key) AS resident_no_key,
    l.household_no, l.facility_no, l.home
  FROM candidate c
  JOIN welfare_payment p ON p.account_no_key = c.account_no_key
  LEFT JOIN lives l ON l.beneficiary_no = p.beneficiary_no
  WHERE p.beneficiary_no IS NOT NULL AND p.amount > 0
),
unapproved AS (
  SELECT
    p._row, p.beneficiary_no, p.benefit_kind, p.benefit_month, p.paid_on, p.account_no_key, p.amount, p.currency,
    p.unit_code, p.resident_no_key, p.household_no, p.facility_no, p.home
  FROM paid p
  WHERE NOT EXISTS (
    SELECT 1
    FROM benefit_manager m
    WHERE m.beneficiary_no = p.beneficiary_no
      AND m.account_no_key = p.account_no_key
      AND m.approved_on <= p.paid_on
      AND coalesce(m.valid_from, p.paid_on) <= p.paid_on
      AND coalesce(m.valid_to, p.paid_on) >= p.paid_on
  )
),
-- Ranks and windows count what differs in one pass over the few rows that are left.
ranked AS (
  SELECT
    _row, beneficiary_no, benefit_kind, benefit_month, paid_on, account_no_key, amount, currency, unit_code,
    resident_no_key, household_no, facility_no, home,
    dense_rank() OVER (PARTITION BY account_no_key, benefit_month ORDER BY beneficiary_no) AS beneficiary_rank,
    CASE
      WHEN home IS NOT NULL
        THEN dense_rank() OVER (PARTITION BY account_no_key, benefit_month ORDER BY home NULLS LAST)
    END AS home_rank
  FROM unapproved
),
together AS (
  SELECT
    _row, beneficiary_no, benefit_kind, benefit_month, paid_on, account_no_key, amount, currency, unit_code,
    resident_no_key, household_no,
    max(beneficiary_rank) OVER a_month AS beneficiaries,
    min(beneficiary_no) OVER a_month AS least_beneficiary,
    -- Those of one facility belong together, however many households they come from.
    max(home_rank) OVER a_month >= $min_households
      AND NOT (
        count(facility_no) OVER a_month = count(home) OVER a_month
        AND min(facility_no) OVER a_month = max(facility_no) OVER a_month
      ) AS unrelated
  FROM ranked
  WINDOW a_month AS (PARTITION BY account_no_key, benefit_month)
),
at_home AS (
  SELECT e.employee_no, l.household_no
  FROM employee e
  JOIN lives l ON l.resident_no_key = e.resident_no_key
  WHERE l.household_no IS NOT NULL
  GROUP BY e.employee_no, l.household_no
),
asked AS (  -- an account may be that of several employees
  SELECT
    t._row, t.beneficiary_no, t.benefit_month, t.paid_on, t.amount, t.currency, t.unit_code, t.beneficiaries,
    t.least_beneficiary, coalesce(t.unrelated, false) AS unrelated,
    min(CASE
      WHEN coalesce(e.joined_on, t.paid_on) <= t.paid_on
        AND coalesce(e.left_on, t.paid_on) >= t.paid_on
        -- An employee's own benefit, a child's to its parent, and one of the employee's own household are rightly there.
        -- Two persons that are both not known are not one.
        AND coalesce(e.resident_no_key, '') <> coalesce(t.resident_no_key, '-')
        AND coalesce(t.benefit_kind, '') <> 'child'
        AND h.household_no IS NULL
        THEN e.employee_no
    END) AS employee_no
  FROM together t
  LEFT JOIN employee e ON e.account_no_key = t.account_no_key
  LEFT JOIN at_home h ON h.employee_no = e.employee_no AND h.household_no = t.household_no
  WHERE t.unrelated OR e.employee_no IS NOT NULL
  GROUP BY
    t._row, t.beneficiary_no, t.benefit_month, t.paid_on, t.amount, t.currency, t.unit_code, t.beneficiaries,
    t.least_beneficiary, coalesce(t.unrelated, false)
)
SELECT
  beneficiary_no,
  benefit_month,
  currency,
  max(paid_on) AS occurred_on,
  sum(amount) AS amount,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  count(*) AS fact_payments,
  max(beneficiaries) AS fact_beneficiaries,
  min(least_beneficiary) AS fact_least_beneficiary,
  min(employee_no) AS fact_employee_no,
  array_agg(_row ORDER BY _row) AS evidence
FROM asked
WHERE unrelated OR employee_no IS NOT NULL
GROUP BY beneficiary_no, benefit_month, currency
