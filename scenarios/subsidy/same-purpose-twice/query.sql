-- A grant to a recipient who by an earlier decision is already funded for the same purpose at the same time.
-- A recipient is the same by number: the recipient's, the business's, or a private person's own. A body's resident number is its
-- representative's, who may lead two bodies, and does not count.
WITH granted AS (
  SELECT
    _row, subsidy_no, recipient_no, business_no, purpose_code, matching_no, starts_on, ends_on, currency, amount,
    unit_code, officer_no,
    CASE WHEN recipient_kind = 'person' THEN resident_no_key END AS person_key,
    coalesce(decided_on, starts_on) AS decided_on
  FROM subsidy
  WHERE purpose_code IS NOT NULL
    AND amount >= @floor(starts_on, currency)
    AND ends_on >= starts_on
    AND coalesce(status, 'active') NOT IN ('cancelled', 'abolished')
),
beside AS (
  SELECT a.subsidy_no, b.subsidy_no AS other_no
  FROM granted a
  JOIN granted b ON b.purpose_code = a.purpose_code AND b.recipient_no = a.recipient_no
  WHERE a.subsidy_no <> b.subsidy_no
  UNION
  SELECT a.subsidy_no, b.subsidy_no AS other_no
  FROM granted a
  JOIN granted b ON b.purpose_code = a.purpose_code AND b.business_no = a.business_no
  WHERE a.subsidy_no <> b.subsidy_no
  UNION
  SELECT a.subsidy_no, b.subsidy_no AS other_no
  FROM granted a
  JOIN granted b ON b.purpose_code = a.purpose_code AND b.person_key = a.person_key
  WHERE a.subsidy_no <> b.subsidy_no
),
twice AS (
  SELECT
    a.subsidy_no, a.purpose_code, b._row AS other_row, b.amount AS other_amount, a._row, a.decided_on, a.amount, a.currency,
    a.unit_code, a.officer_no,
    CAST(least(a.ends_on, b.ends_on) AS INT) - CAST(greatest(a.starts_on, b.starts_on) AS INT) + 1 AS days_together
  FROM beside c
  JOIN granted a ON a.subsidy_no = c.subsidy_no
  JOIN granted b ON b.subsidy_no = c.other_no AND b.currency = a.currency
  WHERE (b.decided_on < a.decided_on OR (b.decided_on = a.decided_on AND b.subsidy_no < a.subsidy_no))
    AND (a.matching_no IS NULL OR b.matching_no IS NULL OR a.matching_no <> b.matching_no)
    AND CAST(least(a.ends_on, b.ends_on) AS INT) - CAST(greatest(a.starts_on, b.starts_on) AS INT) + 1 >= $overlap_days
),
flagged AS (
  SELECT subsidy_no, purpose_code, decided_on, amount, currency, unit_code, officer_no, other_row AS _row, 1 AS earlier,
    other_amount, days_together
  FROM twice
  UNION ALL
  SELECT DISTINCT subsidy_no, purpose_code, decided_on, amount, currency, unit_code, officer_no, _row, 0, 0, 0
  FROM twice
)
SELECT
  subsidy_no,
  purpose_code,
  decided_on AS occurred_on,
  amount,
  currency,
  unit_code,
  officer_no,
  sum(earlier) AS fact_others,
  sum(other_amount) AS fact_others_amount,
  CAST(max(days_together) AS BIGINT) AS fact_days,
  array_agg(_row ORDER BY _row) AS evidence
FROM flagged
GROUP BY subsidy_no, purpose_code, decided_on, amount, currency, unit_code, officer_no
