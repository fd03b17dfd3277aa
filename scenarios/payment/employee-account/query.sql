-- Payments to a vendor whose bank account, on that day, is also the account an employee in service is paid to.
-- Accounts are compared by their keyed hashes; no account number is read or shown.
WITH shared AS (
  SELECT
    a.vendor_no, e.employee_no,
    a.valid_from, a.valid_to, e.joined_on, e.left_on
  FROM vendor_account a
  JOIN employee e ON a.account_no_key = e.account_no_key
),
hit AS (
  -- An account may be listed twice for one vendor; a payment counts once for one employee.
  SELECT DISTINCT
    p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, s.employee_no
  FROM shared s
  JOIN payment p ON p.vendor_no = s.vendor_no
  WHERE p.amount > 0
    AND p.amount >= @floor(p.paid_on, p.currency)
    AND coalesce(s.valid_from, p.paid_on) <= p.paid_on
    AND coalesce(s.valid_to, p.paid_on) >= p.paid_on
    AND coalesce(s.joined_on, p.paid_on) <= p.paid_on
    AND coalesce(s.left_on, p.paid_on) >= p.paid_on
)
SELECT
  vendor_no,
  employee_no,
  CAST(date_trunc('month', paid_on) AS DATE) AS paid_month,
  max(paid_on) AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  count(*) AS fact_payments,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
GROUP BY vendor_no, employee_no, CAST(date_trunc('month', paid_on) AS DATE), currency
