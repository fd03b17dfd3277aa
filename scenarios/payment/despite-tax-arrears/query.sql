-- Payments to a vendor while local tax was in arrears, with neither a tax certificate nor a set-off on record.
-- A firm is known by its business number. The resident number decides for private creditors alone: a company does not
-- owe what its representative owes.
WITH debt AS (
  SELECT
    v.vendor_no, a._row AS arrears_row, a.due_on, a.cleared_on, a.deferred_from, a.deferred_to, a.stayed_from, a.stayed_to,
    a.amount, a.currency
  FROM arrears a
  JOIN vendor v ON v.business_no = a.business_no
  WHERE a.revenue_kind = 'local_tax'
  UNION
  SELECT
    v.vendor_no, a._row AS arrears_row, a.due_on, a.cleared_on, a.deferred_from, a.deferred_to, a.stayed_from, a.stayed_to,
    a.amount, a.currency
  FROM arrears a
  JOIN vendor v ON v.resident_no_key = a.resident_no_key
  WHERE a.revenue_kind = 'local_tax' AND v.business_no IS NULL
),
large AS (
  SELECT _row, unit_code, vendor_no, paid_on, amount, currency, officer_no
  FROM payment
  WHERE amount > 0
    AND amount >= @floor(paid_on, currency)
    AND tax_certificate_no IS NULL
    AND coalesce(setoff_amount, 0) <= 0
),
hit AS (
  SELECT
    p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no,
    count(*) AS arrears,
    sum(CASE WHEN d.currency = p.currency THEN d.amount END) AS open_then,
    min(d.due_on) AS oldest_due_on
  FROM debt d
  JOIN large p ON p.vendor_no = d.vendor_no
  WHERE d.due_on < p.paid_on
    -- Cleared on the day itself is cleared: set-off and payment share a day.
    AND (d.cleared_on IS NULL OR d.cleared_on > p.paid_on)
    AND NOT (
      coalesce(d.deferred_from, d.deferred_to) IS NOT NULL
      AND coalesce(d.deferred_from, p.paid_on) <= p.paid_on
      AND coalesce(d.deferred_to, p.paid_on) >= p.paid_on
    )
    AND NOT (
      coalesce(d.stayed_from, d.stayed_to) IS NOT NULL
      AND coalesce(d.stayed_from, p.paid_on) <= p.paid_on
      AND coalesce(d.stayed_to, p.paid_on) >= p.paid_on
    )
  GROUP BY p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no
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
  max(arrears) AS fact_arrears,
  max(open_then) AS fact_open,
  min(oldest_due_on) AS fact_oldest_due_on,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
GROUP BY unit_code, vendor_no, paid_on, currency
