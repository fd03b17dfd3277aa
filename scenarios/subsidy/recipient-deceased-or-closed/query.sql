-- Subsidies paid to a person who had died or was staying abroad, or to a body that had closed or was suspended.
-- A resident number speaks of the recipient for private persons only: of a body it is the representative's, and a body outlives
-- its representative. Subsidies are few; they meet the large registers on a number that is one person's or one firm's.
WITH who AS (
  SELECT
    subsidy_no, recipient_no,
    CASE WHEN recipient_kind = 'person' THEN resident_no_key END AS person_key,
    CASE WHEN coalesce(recipient_kind, 'other') <> 'person' THEN business_no END AS body_no
  FROM subsidy
),
paid AS (
  SELECT p._row, p.subsidy_no, p.paid_on, p.amount, p.currency, p.unit_code, p.officer_no, w.recipient_no, w.person_key, w.body_no
  FROM who w
  JOIN subsidy_payment p ON p.subsidy_no = w.subsidy_no
  WHERE p.amount > 0
),
hit AS (
  SELECT p._row, 1 AS rank, d.died_on AS since, d.registered_on AS registered_on
  FROM paid p
  JOIN death d ON d.resident_no_key = p.person_key
  WHERE CAST(p.paid_on AS INT) - CAST(d.died_on AS INT) > $grace_days
  UNION ALL
  SELECT p._row, 2 AS rank, b.closed_on AS since, CAST(NULL AS DATE) AS registered_on
  FROM paid p
  JOIN business_status b ON b.business_no = p.body_no
  -- A firm that is open today has come back, whatever day it once closed.
  WHERE b.status <> 'open' AND CAST(p.paid_on AS INT) - CAST(b.closed_on AS INT) > $grace_days
  UNION ALL
  SELECT p._row, 3 AS rank, b.suspended_on AS since, CAST(NULL AS DATE) AS registered_on
  FROM paid p
  JOIN business_status b ON b.business_no = p.body_no
  WHERE CAST(p.paid_on AS INT) - CAST(b.suspended_on AS INT) > $grace_days
    AND (p.paid_on < b.resumed_on OR (b.resumed_on IS NULL AND b.status <> 'open'))
  UNION ALL
  SELECT p._row, 4 AS rank, s.departed_on AS since, CAST(NULL AS DATE) AS registered_on
  FROM paid p
  JOIN stay_abroad s ON s.resident_no_key = p.person_key
  WHERE CAST(p.paid_on AS INT) - CAST(s.departed_on AS INT) >= $abroad_days
    AND (s.returned_on IS NULL OR s.returned_on > p.paid_on)
),
worst AS (
  -- Who has died may stand in other registers too; the state that ends most is the one to ask about.
  SELECT _row, min(rank) AS rank
  FROM hit
  GROUP BY _row
),
flagged AS (
  SELECT h._row, h.rank, min(h.since) AS since, min(h.registered_on) AS registered_on
  FROM hit h
  JOIN worst w ON w._row = h._row AND w.rank = h.rank
  GROUP BY h._row, h.rank
)
SELECT
  p.subsidy_no,
  p.paid_on,
  p.paid_on AS occurred_on,
  sum(p.amount) AS amount,
  p.currency,
  CASE WHEN min(p.unit_code) = max(p.unit_code) THEN min(p.unit_code) END AS unit_code,
  CASE WHEN min(p.officer_no) = max(p.officer_no) THEN min(p.officer_no) END AS officer_no,
  max(p.recipient_no) AS fact_recipient,
  CASE min(f.rank) WHEN 1 THEN 'deceased' WHEN 2 THEN 'closed' WHEN 3 THEN 'suspended' ELSE 'abroad' END AS fact_state,
  min(f.since) AS fact_since,
  min(f.registered_on) AS fact_registered_on,
  array_agg(p._row ORDER BY p._row) AS evidence
FROM flagged f
JOIN paid p ON p._row = f._row
GROUP BY p.subsidy_no, p.paid_on, p.currency
