-- Benefits paid to an account that, in the same month, also received those of unrelated beneficiaries, or that is the
-- account an employee in service is paid to; payments to an account approved for the beneficiary are taken out first.
-- Accounts and persons are compared by their keyed hashes; no number is read or shown.
WITH several AS (  -- cheap: the accounts that received for more than one beneficiary at all
  SELECT account_no_key
  FROM welfare_payment
  WHERE account_no_key IS NOT NULL AND beneficiary_no IS NOT NULL AND amount > 0
  GROUP BY account_no_key
  HAVING min(beneficiary_no) < max(beneficiary_no)
),
candidate AS (
  SELECT account_no_key FROM several
  UNION
  SELECT account_no_key FROM employee WHERE account_no_key IS NOT NULL
),
lives AS (  -- one row a beneficiary, whatever the register holds
  SELECT
    beneficiary_no,
    min(household_no) AS household_no,
    min(facility_no) AS facility_no,
    min(resident_no_key) AS resident_no_key
  FROM beneficiary
  GROUP BY beneficiary_no
),
paid AS (
  SELECT
    p._row, p.beneficiary_no, p.benefit_kind, p.paid_on, p.account_no_key, p.amount, p.currency, p.unit_code,
    CAST(date_trunc('month', coalesce(p.benefit_month, p.paid_on)) AS DATE) AS benefit_month,
    coalesce(p.resident_no_key, l.resident_no_key) AS resident_no_key,
    l.household_no, l.facility_no,
    CASE
      WHEN l.household_no IS NOT NULL THEN l.household_no
      WHEN l.facility_no IS NOT NULL THEN concat('facility ', l.facility_no)
    END AS home
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
together AS (
  SELECT
    account_no_key, benefit_month,
    count(DISTINCT beneficiary_no) AS beneficiaries,
    min(beneficiary_no) AS least_beneficiary,
    -- Those of one facility belong together, however many households they come from.
    count(DISTINCT home) >= $min_households
      AND NOT (count(facility_no) = count(home) AND min(facility_no) = max(facility_no)) AS unrelated
  FROM unapproved
  GROUP BY account_no_key, benefit_month
),
at_home AS (
  SELECT e.employee_no, l.household_no
  FROM employee e
  JOIN lives l ON l.resident_no_key = e.resident_no_key
  WHERE l.household_no IS NOT NULL
),
to_staff AS (
  SELECT u._row, min(e.employee_no) AS employee_no
  FROM unapproved u
  JOIN employee e ON e.account_no_key = u.account_no_key
  WHERE coalesce(e.joined_on, u.paid_on) <= u.paid_on
    AND coalesce(e.left_on, u.paid_on) >= u.paid_on
    -- An employee's own benefit, a child's to its parent, and one of the employee's own household are rightly there.
    -- Two persons that are both not known are not one.
    AND coalesce(e.resident_no_key, '') <> coalesce(u.resident_no_key, '-')
    AND coalesce(u.benefit_kind, '') <> 'child'
    AND NOT EXISTS (
      SELECT 1 FROM at_home h WHERE h.employee_no = e.employee_no AND h.household_no = u.household_no
    )
  GROUP BY u._row
)
SELECT
  u.beneficiary_no,
  u.benefit_month,
  u.currency,
  max(u.paid_on) AS occurred_on,
  sum(u.amount) AS amount,
  CASE WHEN min(u.unit_code) = max(u.unit_code) THEN min(u.unit_code) END AS unit_code,
  count(*) AS fact_payments,
  max(t.beneficiaries) AS fact_beneficiaries,
  min(t.least_beneficiary) AS fact_least_beneficiary,
  min(s.employee_no) AS fact_employee_no,
  array_agg(u._row ORDER BY u._row) AS evidence
FROM unapproved u
JOIN together t ON t.account_no_key = u.account_no_key AND t.benefit_month = u.benefit_month
LEFT JOIN to_staff s ON s._row = u._row
WHERE t.unrelated OR s.employee_no IS NOT NULL
GROUP BY u.beneficiary_no, u.benefit_month, u.currency
