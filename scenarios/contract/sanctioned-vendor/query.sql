-- Contracts signed while the vendor was debarred, and no court had stayed that. Sanctions are few, so they are joined first.
WITH debarred AS (
  SELECT DISTINCT
    v.vendor_no, s.sanction_no, s.valid_from, s.valid_to, s.stayed_from, s.stayed_to
  FROM sanction s
  JOIN vendor v ON v.business_no = s.business_no
  WHERE s.kind = 'debarment'
),
hit AS (
  SELECT
    c._row, c.contract_no, c.vendor_no, c.unit_code, c.officer_no, c.signed_on, c.amount, c.currency,
    d.sanction_no, d.valid_from, d.valid_to
  FROM debarred d
  JOIN contract c ON c.vendor_no = d.vendor_no
  WHERE coalesce(c.status, 'active') <> 'cancelled'
    AND d.valid_from <= c.signed_on
    AND CAST(c.signed_on AS INT) - CAST(d.valid_from AS INT) >= $first_days
    AND coalesce(d.valid_to, c.signed_on) >= c.signed_on
    AND NOT (
      coalesce(d.stayed_from, d.stayed_to) IS NOT NULL
      AND coalesce(d.stayed_from, c.signed_on) <= c.signed_on
      AND coalesce(d.stayed_to, c.signed_on) >= c.signed_on
    )
)
SELECT
  vendor_no,
  contract_no,
  max(signed_on) AS occurred_on,
  max(amount) AS amount,
  min(currency) AS currency,
  min(unit_code) AS unit_code,
  min(officer_no) AS officer_no,
  first_value(sanction_no ORDER BY valid_from, sanction_no) AS fact_sanction,
  min(valid_from) AS fact_debarred_from,
  first_value(valid_to ORDER BY valid_from, sanction_no) AS fact_debarred_to,
  array_agg(DISTINCT _row ORDER BY _row) AS evidence
FROM hit
GROUP BY vendor_no, contract_no
