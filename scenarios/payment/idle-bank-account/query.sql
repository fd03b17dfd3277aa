-- Open accounts on which nothing but interest and fees has moved for long, up to the as-of day. The first day of any movement
-- is where knowledge begins. An account without a single movement, of whatever kind, is left alone: its statements may
-- never have been taken.
WITH known AS (
  SELECT min(moved_on) AS since FROM bank_movement
),
last_used AS (
  SELECT
    account_code,
    max(CASE WHEN coalesce(kind, 'other') NOT IN ('interest', 'fee') THEN moved_on END) AS used_on
  FROM bank_movement
  WHERE account_code IS NOT NULL AND moved_on <= $as_of
  GROUP BY account_code
),
an_account AS (
  SELECT
    account_code,
    min(kind) AS kind,
    CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
    CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
    max(opened_on) AS opened_on
  FROM bank_account
  GROUP BY account_code
  HAVING count(closed_on) = 0
),
idle AS (
  SELECT
    a.account_code, a.kind, a.unit_code, a.officer_no,
    coalesce(l.used_on, greatest(known.since, a.opened_on)) AS idle_since
  FROM an_account a
  JOIN last_used l ON l.account_code = a.account_code
  CROSS JOIN known
  WHERE CAST($as_of AS INT) - CAST(coalesce(l.used_on, greatest(known.since, a.opened_on)) AS INT)
    >= CASE WHEN a.kind IN ('deposit', 'fund') THEN $kept_days ELSE $idle_days END
),
balance AS (  -- for the few idle accounts alone
  SELECT account_code, balance, currency
  FROM (
    SELECT
      m.account_code, m.balance, m.currency,
      row_number() OVER (
        PARTITION BY m.account_code
        ORDER BY m.moved_on DESC, m.moved_at DESC NULLS LAST, m.movement_no DESC NULLS LAST, m._row DESC
      ) AS place
    FROM idle i
    JOIN bank_movement m ON m.account_code = i.account_code
    WHERE m.moved_on <= $as_of
  )
  WHERE place = 1
)
SELECT
  i.account_code,
  min(i.idle_since) AS occurred_on,
  min(b.balance) AS amount,
  min(b.currency) AS currency,
  min(i.unit_code) AS unit_code,
  min(i.officer_no) AS officer_no,
  min(i.idle_since) AS fact_idle_since,
  max(CAST($as_of AS INT) - CAST(i.idle_since AS INT)) AS fact_idle_days,
  min(i.kind) AS fact_kind,
  array_agg(a._row ORDER BY a._row) AS evidence
FROM idle i
JOIN balance b ON b.account_code = i.account_code
JOIN bank_account a ON a.account_code = i.account_code
GROUP BY i.account_code
