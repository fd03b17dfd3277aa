-- Private contracts above the common limit on the ground of the kind of firm, whose vendor has no certificate in force on the
-- day of signing by the register. The register holds the latest certificate alone: one that begins after the day says
-- nothing about the one before it.
WITH judged AS (
  SELECT
    _row, contract_no, unit_code, officer_no, vendor_no, signed_on, currency,
    coalesce(estimated_amount, amount) AS price,
    @limit(signed_on, currency) AS limit_then
  FROM contract
  WHERE kind = 'private'
    AND private_ground = 'special_firm'
    AND coalesce(status, 'active') <> 'cancelled'
    AND signed_on IS NOT NULL
),
held AS (
  -- Of a vendor that stands twice the better row counts.
  SELECT
    vendor_no,
    max(certified_to) AS certified_to,
    -- A certificate without an end, or a kind of firm without days, may well be in force.
    max(CASE
      WHEN certified_to IS NULL AND (certified_from IS NOT NULL OR coalesce(firm_type, 'general') <> 'general') THEN 1
      ELSE 0
    END) AS is_open
  FROM vendor
  GROUP BY vendor_no
)
SELECT
  j.vendor_no,
  j.contract_no,
  max(j.signed_on) AS occurred_on,
  max(j.price) AS amount,
  min(j.currency) AS currency,
  min(j.unit_code) AS unit_code,
  min(j.officer_no) AS officer_no,
  CASE WHEN max(h.certified_to) IS NULL THEN 'absent' ELSE 'expired' END AS fact_state,
  max(h.certified_to) AS fact_certified_to,
  max(CAST(j.signed_on AS INT) - CAST(h.certified_to AS INT)) AS fact_days_after,
  max(j.limit_then) AS fact_limit,
  array_agg(j._row ORDER BY j._row) AS evidence
FROM judged j
JOIN held h ON h.vendor_no = j.vendor_no
WHERE j.price > j.limit_then
  AND h.is_open = 0
  AND (h.certified_to IS NULL OR CAST(j.signed_on AS INT) - CAST(h.certified_to AS INT) > $renewal_days)
GROUP BY j.vendor_no, j.contract_no
