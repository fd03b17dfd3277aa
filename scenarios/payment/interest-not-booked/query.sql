-- Interest credited on an account of the body that no booking of revenue accounts for, up to the as-of day. A booking
-- accounts for a credit by naming its number; or under the account or its parent, by a period that holds the day of the
-- credit, or by the very amount not long after.
WITH parent AS (
  SELECT
    account_code,
    max(parent_account_code) AS parent_account_code,
    CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
    CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no
  FROM bank_account
  GROUP BY account_code
),
credit AS (
  SELECT m._row, m.movement_no, m.account_code, m.moved_on, m.amount, m.currency,
    coalesce(m.unit_code, p.unit_code) AS unit_code,
    coalesce(m.officer_no, p.officer_no) AS officer_no,
    p.parent_account_code
  FROM bank_movement m
  LEFT JOIN parent p ON p.account_code = m.account_code
  WHERE m.kind = 'interest'
    AND m.account_code IS NOT NULL
    AND m.amount > 0
    AND m.amount >= @floor(m.moved_on, m.currency)
    AND CAST($as_of AS INT) - CAST(m.moved_on AS INT) > $within_days
),
booking AS (
  SELECT account_code, covers_from, covers_to, booked_on, amount, currency
  FROM revenue
  WHERE kind = 'interest' AND movement_no IS NULL AND booked_on <= $as_of AND account_code IS NOT NULL
),
accounted AS (
  SELECT c._row
  FROM credit c
  JOIN revenue r ON r.movement_no = c.movement_no
  WHERE r.booked_on <= $as_of
  UNION
  SELECT c._row
  FROM (
    SELECT _row, account_code AS booked_under, moved_on, amount, currency FROM credit
    UNION ALL
    SELECT _row, parent_account_code AS booked_under, moved_on, amount, currency FROM credit
  ) c
  JOIN booking b ON b.account_code = c.booked_under AND b.currency = c.currency
  WHERE
    -- A booking smaller than the credit cannot hold it.
    (b.covers_from <= c.moved_on AND b.covers_to >= c.moved_on AND b.amount >= c.amount)
    OR (
      b.covers_from IS NULL
      AND b.covers_to IS NULL
      AND b.amount = c.amount
      AND CAST(b.booked_on AS INT) - CAST(c.moved_on AS INT) BETWEEN 0 AND $match_days
    )
),
unbooked AS (
  SELECT c._row, c.account_code, c.moved_on, c.amount, c.currency, c.unit_code, c.officer_no
  FROM credit c
  LEFT JOIN accounted a ON a._row = c._row
  WHERE a._row IS NULL
)
SELECT
  account_code,
  CAST(date_trunc('quarter', moved_on) AS DATE) AS quarter,
  currency,
  max(moved_on) AS occurred_on,
  sum(amount) AS amount,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_credits,
  min(moved_on) AS fact_first_on,
  max(CAST($as_of AS INT) - CAST(moved_on AS INT)) AS fact_open_days,
  array_agg(_row ORDER BY _row) AS evidence
FROM unbooked
GROUP BY account_code, CAST(date_trunc('quarter', moved_on) AS DATE), currency
