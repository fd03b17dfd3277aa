-- A grant whose account is as good as empty within a few days, by payments that are no single purchase.
-- Grants are few and movements many: the grants to ask about are chosen first, and joined by their subsidy's number.
WITH granted AS (
  SELECT
    subsidy_no, moved_on AS granted_on, currency, sum(amount) AS granted, min(moved_at) AS granted_at
  FROM subsidy_movement
  WHERE kind = 'grant' AND amount > 0
  GROUP BY subsidy_no, moved_on, currency
  HAVING sum(amount) >= @floor(moved_on, currency)
),
asked AS (
  -- A small part of what was decided is an instalment for running costs; a grant after the project ended pays back
  -- what the recipient had spent before.
  SELECT g.subsidy_no, g.granted_on, g.currency, g.granted, g.granted_at
  FROM granted g
  JOIN subsidy s ON s.subsidy_no = g.subsidy_no AND s.currency = g.currency
  WHERE g.granted * 100 >= s.amount * $share_percent
    AND (s.ends_on IS NULL OR s.ends_on >= g.granted_on)
),
moved AS (
  -- What came in by transfer counts against what went out, so that moving between two accounts of one subsidy is nothing.
  SELECT
    a.subsidy_no, a.granted_on, a.currency, a.granted,
    m._row, m.moved_on, m.amount, m.balance, m.unit_code, m.officer_no,
    sum(m.amount) OVER (PARTITION BY a.subsidy_no, a.granted_on, a.currency ORDER BY m.moved_on) AS so_far,
    m.amount < 0 AND m.kind = 'spending' AND m.business_no IS NOT NULL AS bought
  FROM asked a
  JOIN subsidy_movement m ON m.subsidy_no = a.subsidy_no AND m.currency = a.currency
  WHERE coalesce(m.kind, 'other') NOT IN ('grant', 'own_share', 'interest', 'returned')
    AND CAST(m.moved_on AS INT) - CAST(a.granted_on AS INT) BETWEEN 0 AND $within_days
    AND (m.moved_on > a.granted_on OR m.moved_at IS NULL OR a.granted_at IS NULL OR m.moved_at >= a.granted_at)
),
empty_day AS (
  SELECT subsidy_no, granted_on, currency, min(moved_on) AS emptied_on
  FROM moved
  WHERE amount < 0
    AND balance * 100 <= granted * $left_percent
    AND -so_far * 100 >= granted * (100 - $left_percent)
  GROUP BY subsidy_no, granted_on, currency
),
emptied AS (
  SELECT
    e.subsidy_no, e.granted_on, e.currency, e.emptied_on, m.granted,
    min(CASE WHEN m.amount < 0 AND m.moved_on = e.emptied_on THEN m.balance END) AS left_amount,
    count(CASE WHEN m.amount < 0 THEN 1 END) AS payments
  FROM empty_day e
  JOIN moved m ON m.subsidy_no = e.subsidy_no AND m.granted_on = e.granted_on AND m.currency = e.currency
  WHERE m.moved_on <= e.emptied_on
  GROUP BY e.subsidy_no, e.granted_on, e.currency, e.emptied_on, m.granted
  HAVING count(CASE WHEN m.amount < 0 THEN 1 END) > $planned_purchases
    OR count(CASE WHEN m.bought THEN 1 END) < count(CASE WHEN m.amount < 0 THEN 1 END)
),
flagged AS (
  SELECT
    e.subsidy_no, e.granted_on, e.currency, e.emptied_on, e.granted, e.left_amount, e.payments,
    g._row, g.unit_code, g.officer_no
  FROM emptied e
  JOIN subsidy_movement g ON g.subsidy_no = e.subsidy_no AND g.moved_on = e.granted_on AND g.currency = e.currency
  WHERE g.kind = 'grant' AND g.amount > 0
  UNION ALL
  SELECT
    e.subsidy_no, e.granted_on, e.currency, e.emptied_on, e.granted, e.left_amount, e.payments,
    m._row, m.unit_code, m.officer_no
  FROM emptied e
  JOIN moved m ON m.subsidy_no = e.subsidy_no AND m.granted_on = e.granted_on AND m.currency = e.currency
  WHERE m.moved_on <= e.emptied_on AND m.amount < 0
)
SELECT
  subsidy_no,
  granted_on,
  emptied_on AS occurred_on,
  granted AS amount,
  currency,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  payments AS fact_payments,
  CAST(CAST(emptied_on AS INT) - CAST(granted_on AS INT) AS BIGINT) AS fact_days,
  left_amount AS fact_left,
  array_agg(_row ORDER BY _row) AS evidence
FROM flagged
GROUP BY subsidy_no, granted_on, emptied_on, granted, currency, payments, left_amount
