-- Small private contracts of one unit, each within its limit, with vendors that share a representative, an account, or address
-- and phone, and together above the limit. A finding is about the contract that carried the sum over the limit.
WITH link AS (
  SELECT vendor_no, 'representative' AS kind, resident_no_key AS link_key, CAST(NULL AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to
  FROM vendor
  WHERE resident_no_key IS NOT NULL
  UNION
  -- An address alone may be a building, a phone alone the head office of a franchise.
  SELECT vendor_no, 'place' AS kind, concat(phone_no_key, ' ', address) AS link_key, CAST(NULL AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to
  FROM vendor
  WHERE phone_no_key IS NOT NULL AND address IS NOT NULL
  UNION
  SELECT vendor_no, 'account' AS kind, account_no_key AS link_key, valid_from, valid_to
  FROM vendor_account
  WHERE account_no_key IS NOT NULL
),
shared AS (
  -- What very many share is a collecting account or a house of offices. One person behind many firms is what is asked about.
  SELECT kind, link_key
  FROM link
  GROUP BY kind, link_key
  HAVING count(DISTINCT vendor_no) > 1 AND (kind = 'representative' OR count(DISTINCT vendor_no) <= $most_sharing)
),
tie AS (
  SELECT l.vendor_no, l.kind, l.link_key, l.valid_from, l.valid_to
  FROM shared s
  JOIN link l ON l.kind = s.kind AND l.link_key = s.link_key
),
priced AS (
  SELECT
    _row, contract_no, unit_code, vendor_no, signed_on, currency,
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
    AND unit_code IS NOT NULL
    AND signed_on IS NOT NULL
),
small AS (
  -- A contract once for each thing its vendor shared on the day of signing.
  SELECT DISTINCT
    p._row, p.contract_no, p.unit_code, p.vendor_no, p.signed_on, p.currency, p.category, p.price, p.limit_then,
    CAST(date_trunc('month', p.signed_on) AS DATE) AS month,
    t.kind, t.link_key
  FROM tie t
  JOIN priced p ON p.vendor_no = t.vendor_no
  WHERE p.price > 0
    AND p.price <= p.limit_then
    AND p.price * 100 >= p.limit_then * $part_percent
    AND coalesce(t.valid_from, p.signed_on) <= p.signed_on
    AND coalesce(t.valid_to, p.signed_on) >= p.signed_on
),
looks_back AS (
  -- Each contract with the months it looks back on: a join by unit and month meets few rows, one by unit alone too many.
  SELECT
    contract_no, unit_code, vendor_no, signed_on, currency, category, kind, link_key,
    unnest(generate_series(
      CAST(date_trunc('month', CAST(CAST(signed_on AS INT) - $window_days AS DATE)) AS DATE),
      CAST(date_trunc('month', signed_on) AS DATE),
      INTERVAL '1 month'
    )) AS month
  FROM small
),
run AS (
  SELECT
    l.unit_code, l.contract_no AS last_no, l.currency, l.signed_on,
    s._row, s.vendor_no, s.signed_on AS part_on, s.price, s.limit_then,
    min(CASE WHEN s.vendor_no <> l.vendor_no THEN s.kind END) AS kind,
    max(CASE WHEN s.vendor_no <> l.vendor_no THEN s.kind END) AS other_kind
  FROM looks_back l
  JOIN small s
    ON s.unit_code = l.unit_code
    AND s.category = l.category
    AND s.currency = l.currency
    AND s.kind = l.kind
    AND s.link_key = l.link_key
    AND s.month = CAST(l.month AS DATE)
  WHERE CAST(l.signed_on AS INT) - CAST(s.signed_on AS INT) BETWEEN 0 AND $window_days
    AND (s.contract_no = l.contract_no OR s.signed_on < l.signed_on OR s.contract_no < l.contract_no)
  GROUP BY
    l.unit_code, l.contract_no, l.currency, l.signed_on,
    s._row, s.vendor_no, s.signed_on, s.price, s.limit_then
)
SELECT
  unit_code,
  last_no AS contract_no,
  max(signed_on) AS occurred_on,
  sum(price) AS amount,
  min(currency) AS currency,
  count(*) AS fact_contracts,
  count(DISTINCT vendor_no) AS fact_vendors,
  max(limit_then) AS fact_limit,
  min(part_on) AS fact_first_on,
  CASE WHEN min(kind) = max(other_kind) THEN min(kind) ELSE concat(min(kind), ' ', max(other_kind)) END AS fact_links,
  array_agg(_row ORDER BY _row) AS evidence
FROM run
GROUP BY unit_code, last_no
HAVING count(DISTINCT vendor_no) > 1 AND sum(price) > max(limit_then)
