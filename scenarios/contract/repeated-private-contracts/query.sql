-- Vendors a unit signed private contracts with too often, for too much, or for too large a share of its private contracts, in
-- one calendar year. Groups are found by counting and adding; rows are collected for the few that stay.
WITH chosen AS (
  SELECT
    _row, unit_code, vendor_no, officer_no, signed_on, amount, currency,
    CAST(extract(year FROM signed_on) AS BIGINT) AS year
  FROM contract
  WHERE kind = 'private'
    -- With a sole source there is nobody else, and after a failed tender everybody was asked.
    AND coalesce(private_ground, 'small') NOT IN ('sole_source', 'failed_tender')
    AND coalesce(status, 'active') <> 'cancelled'
    AND unit_code IS NOT NULL
    AND signed_on IS NOT NULL
    AND amount > 0
),
a_vendor AS (
  SELECT unit_code, vendor_no, year, currency, count(*) AS contracts, sum(amount) AS amount, max(signed_on) AS last_on
  FROM chosen
  WHERE vendor_no IS NOT NULL
  GROUP BY unit_code, vendor_no, year, currency
),
a_unit AS (
  SELECT unit_code, year, currency, count(*) AS contracts
  FROM chosen
  GROUP BY unit_code, year, currency
),
above AS (
  SELECT
    v.unit_code, v.vendor_no, v.year, v.currency, u.contracts AS unit_contracts,
    CASE
      WHEN v.contracts > $most_contracts THEN 'contracts'
      WHEN v.amount > @most_amount(v.last_on, v.currency) THEN 'amount'
      WHEN u.contracts >= $least_contracts AND v.contracts * 100 > u.contracts * $most_percent THEN 'share'
    END AS above
  FROM a_vendor v
  JOIN a_unit u ON u.unit_code = v.unit_code AND u.year = v.year AND u.currency = v.currency
  WHERE v.contracts > 1
)
SELECT
  c.unit_code,
  c.vendor_no,
  c.year,
  c.currency,
  max(c.signed_on) AS occurred_on,
  sum(c.amount) AS amount,
  CASE WHEN min(c.officer_no) = max(c.officer_no) THEN min(c.officer_no) END AS officer_no,
  count(*) AS fact_contracts,
  min(a.unit_contracts) AS fact_unit_contracts,
  count(*) * 100 / min(a.unit_contracts) AS fact_share,
  min(a.above) AS fact_above,
  array_agg(c._row ORDER BY c._row) AS evidence
FROM above a
JOIN chosen c
  ON c.unit_code = a.unit_code AND c.vendor_no = a.vendor_no AND c.year = a.year AND c.currency = a.currency
WHERE a.above IS NOT NULL
GROUP BY c.unit_code, c.vendor_no, c.year, c.currency
