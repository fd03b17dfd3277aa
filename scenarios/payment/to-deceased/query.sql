-- Payments ordered after the creditor had died. A private creditor is known by the payment's own resident number, or by that
-- of the vendor where the vendor is no firm: the representative of a firm is not who is paid.
WITH dead AS (
  -- Of two days on record the later counts.
  SELECT resident_no_key, max(died_on) AS died_on
  FROM death
  WHERE resident_no_key IS NOT NULL
  GROUP BY resident_no_key
),
dead_vendor AS (
  SELECT v.vendor_no, max(d.died_on) AS died_on
  FROM dead d
  JOIN vendor v ON v.resident_no_key = d.resident_no_key
  WHERE v.business_no IS NULL
  GROUP BY v.vendor_no
),
hit AS (
  SELECT p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no, p.ordered_on, d.died_on
  FROM dead d
  JOIN payment p ON p.resident_no_key = d.resident_no_key
  WHERE p.amount > 0 AND coalesce(p.ordered_on, p.paid_on) > d.died_on
  UNION ALL
  SELECT p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no, p.ordered_on, d.died_on
  FROM dead_vendor d
  JOIN payment p ON p.vendor_no = d.vendor_no
  WHERE p.resident_no_key IS NULL AND p.amount > 0 AND coalesce(p.ordered_on, p.paid_on) > d.died_on
)
SELECT
  unit_code,
  vendor_no,
  paid_on,
  paid_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_payments,
  max(CAST(coalesce(ordered_on, paid_on) AS INT) - CAST(died_on AS INT)) AS fact_days_after,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
WHERE CAST(coalesce(ordered_on, paid_on) AS INT) - CAST(died_on AS INT) > $grace_days
GROUP BY unit_code, vendor_no, paid_on, currency
