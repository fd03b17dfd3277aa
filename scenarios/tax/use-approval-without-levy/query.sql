-- Use approvals and registrations after which no acquisition tax was levied, returned or relieved.
-- Absence says something only within the days the levies cover: the whole time in which a levy could have come must lie between the
-- first day on which any acquisition tax was levied and the as-of day.
WITH known AS (
  SELECT min(levied_on) AS known_from
  FROM tax_levy
  WHERE levy_kind = 'acquisition'
),
asked AS (
  SELECT
    p._row, p.permit_no, p.kind, p.permitted_on, p.building_no, p.parcel_no, p.payer_no, p.resident_no_key, p.business_no,
    coalesce(p.levy_unit_code, p.unit_code) AS unit_code, b.use_code, coalesce(b.floor_area, p.area) AS area,
    CAST($as_of AS INT) - CAST(p.permitted_on AS INT) AS days
  FROM permit p
  CROSS JOIN known k
  LEFT JOIN building b ON b.building_no = p.building_no
  WHERE p.kind IN ('use_approval', 'registration')
    AND NOT coalesce(p.tax_exempt, false)
    AND coalesce(p.status, 'valid') NOT IN ('revoked', 'withdrawn')
    AND coalesce(b.kind, 'permanent') <> 'temporary'
    -- Without these nobody can say which levy would be the one.
    AND (
      (p.kind = 'use_approval' AND p.building_no IS NOT NULL)
      OR (
        (p.kind = 'registration' OR p.parcel_no IS NOT NULL)
        AND coalesce(p.payer_no, p.resident_no_key, p.business_no) IS NOT NULL
      )
    )
    AND CAST(p.permitted_on AS INT) - CAST(k.known_from AS INT) >= $early_days
    AND CAST($as_of AS INT) - CAST(p.permitted_on AS INT) > @within_days(p.permitted_on)
),
taxed AS (
  -- A cancelled levy is none; a relief that leaves nothing to pay settles the matter as a levy does.
  SELECT permit_no, building_no, parcel_no, payer_no, resident_no_key, business_no, levied_on AS taxed_on
  FROM tax_levy
  WHERE levy_kind = 'acquisition' AND coalesce(status, 'levied') <> 'cancelled' AND coalesce(levied_on, $as_of) <= $as_of
  UNION ALL
  SELECT permit_no, building_no, parcel_no, payer_no, resident_no_key, business_no, relieved_on AS taxed_on
  FROM tax_relief
  WHERE levy_kind = 'acquisition' AND coalesce(kind, 'exempt') <> 'reduced' AND coalesce(relieved_on, $as_of) <= $as_of
),
settled AS (
  SELECT a.permit_no
  FROM asked a
  JOIN taxed t ON t.permit_no = a.permit_no
  UNION ALL
  SELECT a.permit_no
  FROM asked a
  JOIN taxed t ON t.building_no = a.building_no
  WHERE CAST(a.permitted_on AS INT) - CAST(t.taxed_on AS INT) <= $early_days
  UNION ALL
  -- On one parcel a levy that names its building belongs to that building.
  SELECT a.permit_no
  FROM asked a
  JOIN taxed t ON t.parcel_no = a.parcel_no
  WHERE CAST(a.permitted_on AS INT) - CAST(t.taxed_on AS INT) <= $early_days
    AND (t.building_no IS NULL OR a.building_no IS NULL)
    AND (t.payer_no = a.payer_no OR t.resident_no_key = a.resident_no_key OR t.business_no = a.business_no)
  UNION ALL
  SELECT permit_no
  FROM (
    -- A vehicle or machine stands on no parcel: a levy to the same payer around that day, on nothing else, is taken for it.
    SELECT a.permit_no, a.permitted_on, t.taxed_on
    FROM asked a
    JOIN taxed t ON t.payer_no = a.payer_no
    WHERE a.kind = 'registration' AND t.permit_no IS NULL AND t.building_no IS NULL AND t.parcel_no IS NULL
    UNION ALL
    SELECT a.permit_no, a.permitted_on, t.taxed_on
    FROM asked a
    JOIN taxed t ON t.resident_no_key = a.resident_no_key
    WHERE a.kind = 'registration' AND t.permit_no IS NULL AND t.building_no IS NULL AND t.parcel_no IS NULL
    UNION ALL
    SELECT a.permit_no, a.permitted_on, t.taxed_on
    FROM asked a
    JOIN taxed t ON t.business_no = a.business_no
    WHERE a.kind = 'registration' AND t.permit_no IS NULL AND t.building_no IS NULL AND t.parcel_no IS NULL
  )
  WHERE CAST(permitted_on AS INT) - CAST(taxed_on AS INT) <= $early_days
    AND CAST(taxed_on AS INT) - CAST(permitted_on AS INT) <= @within_days(permitted_on)
)
SELECT
  a.permit_no,
  max(a.permitted_on) AS occurred_on,
  CASE WHEN min(a.unit_code) = max(a.unit_code) THEN min(a.unit_code) END AS unit_code,
  max(a.kind) AS fact_kind,
  max(a.use_code) AS fact_use,
  max(a.area) AS fact_area,
  CAST(max(a.days) AS BIGINT) AS fact_days,
  array_agg(DISTINCT a._row ORDER BY a._row) AS evidence
FROM asked a
LEFT JOIN (SELECT DISTINCT permit_no FROM settled) s ON s.permit_no = a.permit_no
WHERE s.permit_no IS NULL
GROUP BY a.permit_no
