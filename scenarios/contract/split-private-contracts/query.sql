-- Small private contracts of one unit, each within its limit, that follow one another and together exceed it: with the same
-- vendor, or of much the same name. A finding is about the contract that carried the sum over the limit, so an earlier
-- contract that arrives late changes no subject.
WITH priced AS (
  SELECT
    _row, contract_no, unit_code, officer_no, vendor_no, purpose, signed_on, currency,
    coalesce(category, 'unknown') AS category,
    coalesce(estimated_amount, amount) AS price,
    CASE
      WHEN private_ground = 'special_firm' THEN @special_limit(signed_on, currency)
      ELSE @limit(signed_on, currency)
    END AS limit_then
  FROM contract
  WHERE kind = 'private'
    -- Other grounds do not rest on the amount.
    AND coalesce(private_ground, 'small') IN ('small', 'special_firm')
    AND coalesce(status, 'active') <> 'cancelled'
    AND coalesce(quotes, 1) < $enough_quotes
    AND unit_code IS NOT NULL
    AND signed_on IS NOT NULL
),
small AS (
  SELECT
    _row, contract_no, unit_code, officer_no, vendor_no, purpose, signed_on, currency, category, price, limit_then,
    CAST(date_trunc('month', signed_on) AS DATE) AS month
  FROM priced
  WHERE price > 0 AND price <= limit_then AND price * 100 >= limit_then * $part_percent
),
looks_back AS (
  -- Each contract with the months it looks back on: a join by unit and month meets few rows, one by unit alone too many.
  SELECT
    contract_no, unit_code, officer_no, vendor_no, purpose, signed_on, currency, category,
    unnest(generate_series(
      CAST(date_trunc('month', CAST(CAST(signed_on AS INT) - $window_days AS DATE)) AS DATE),
      CAST(date_trunc('month', signed_on) AS DATE),
      INTERVAL '1 month'
    )) AS month
  FROM small
),
run AS (
  SELECT DISTINCT
    l.contract_no AS last_no, l.unit_code, l.currency, l.officer_no, l.signed_on,
    s._row, s.vendor_no, s.signed_on AS part_on, s.price, s.limit_then
  FROM looks_back l
  JOIN small s
    ON s.unit_code = l.unit_code
    AND s.category = l.category
    AND s.currency = l.currency
    AND s.month = CAST(l.month AS DATE)
  WHERE CAST(l.signed_on AS INT) - CAST(s.signed_on AS INT) BETWEEN 0 AND $window_days
    AND (
      s.contract_no = l.contract_no
      OR (
        (s.signed_on < l.signed_on OR s.contract_no < l.contract_no)
        AND (s.vendor_no = l.vendor_no OR text_similarity(s.purpose, l.purpose) >= $similar_percent)
      )
    )
)
SELECT
  unit_code,
  last_no AS contract_no,
  max(signed_on) AS occurred_on,
  sum(price) AS amount,
  min(currency) AS currency,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_contracts,
  count(DISTINCT vendor_no) AS fact_vendors,
  max(limit_then) AS fact_limit,
  min(part_on) AS fact_first_on,
  array_agg(_row ORDER BY _row) AS evidence
FROM run
GROUP BY unit_code, last_no
HAVING count(*) > 1 AND sum(price) > max(limit_then)
