-- Sales of state or public land after whose last payment no acquisition tax was levied on the buyer.
-- The day of acquisition is the day the balance was paid: a sale by instalments is judged when the last one is in. Absence says
-- something only from the first levy to the as-of day.
WITH known AS (
  SELECT min(levied_on) AS known_from
  FROM tax_levy
  WHERE levy_kind = 'acquisition'
),
sold AS (
  SELECT
    s._row, s.sale_no, s.parcel_no, s.building_no, s.payer_no, s.resident_no_key, s.business_no,
    s.sold_on, s.balance_paid_on, s.instalments, s.amount, s.currency, coalesce(s.levy_unit_code, s.unit_code) AS unit_code,
    CAST($as_of AS INT) - CAST(s.balance_paid_on AS INT) AS days
  FROM property_sale s
  CROSS JOIN known k
  WHERE coalesce(s.kind, 'land') <> 'other'
    -- Without these nobody can say which levy would be the one.
    AND coalesce(s.parcel_no, s.building_no) IS NOT NULL
    AND coalesce(s.payer_no, s.resident_no_key, s.business_no) IS NOT NULL
    AND s.sold_on >= k.known_from
    AND CAST($as_of AS INT) - CAST(s.balance_paid_on AS INT) > @within_days(s.balance_paid_on)
),
taxed AS (
  -- A cancelled levy is none; a relief that leaves nothing to pay settles the matter as a levy does.
  SELECT parcel_no, building_no, payer_no, resident_no_key, business_no, levied_on AS taxed_on
  FROM tax_levy
  WHERE levy_kind = 'acquisition' AND coalesce(status, 'levied') <> 'cancelled' AND levied_on <= $as_of
  UNION ALL
  SELECT parcel_no, building_no, payer_no, resident_no_key, business_no, relieved_on AS taxed_on
  FROM tax_relief
  WHERE levy_kind = 'acquisition' AND coalesce(kind, 'exempt') <> 'reduced' AND relieved_on <= $as_of
),
settled AS (
  -- From the day of the contract on: each instalment may have been taxed as it was paid.
  SELECT s.sale_no
  FROM sold s
  JOIN taxed t ON t.parcel_no = s.parcel_no
  WHERE t.taxed_on >= s.sold_on
    AND (t.payer_no = s.payer_no OR t.resident_no_key = s.resident_no_key OR t.business_no = s.business_no)
  UNION ALL
  SELECT s.sale_no
  FROM sold s
  JOIN taxed t ON t.building_no = s.building_no
  WHERE t.taxed_on >= s.sold_on
    AND (t.payer_no = s.payer_no OR t.resident_no_key = s.resident_no_key OR t.business_no = s.business_no)
)
SELECT
  s.sale_no,
  max(s.balance_paid_on) AS occurred_on,
  sum(s.amount) AS amount,
  s.currency,
  CASE WHEN min(s.unit_code) = max(s.unit_code) THEN min(s.unit_code) END AS unit_code,
  min(s.sold_on) AS fact_sold_on,
  CAST(min(s.days) AS BIGINT) AS fact_days,
  max(coalesce(s.instalments, false)) AS fact_instalments,
  array_agg(s._row ORDER BY s._row) AS evidence
FROM sold s
LEFT JOIN (SELECT DISTINCT sale_no FROM settled) t ON t.sale_no = s.sale_no
WHERE t.sale_no IS NULL
GROUP BY s.sale_no, s.currency
HAVING sum(s.amount) > @exempt_up_to(max(s.balance_paid_on), s.currency)
