-- Advances of which something is still open on the as-of day: after the contract ended, or while it runs and nothing was
-- set off for a long time. What is dated after that day has not happened yet.
WITH settled AS (
  SELECT advance_no, currency, sum(amount) AS amount, max(settled_on) AS last_on
  FROM advance_settlement
  WHERE coalesce(settled_on, $as_of) <= $as_of
  GROUP BY advance_no, currency
),
unsettled AS (
  SELECT
    a._row, a.advance_no, a.contract_no, a.unit_code, a.officer_no, a.paid_on, a.currency,
    a.amount AS advanced,
    coalesce(s.amount, 0) AS settled,
    s.last_on
  FROM advance a
  LEFT JOIN settled s ON s.advance_no = a.advance_no AND s.currency = a.currency
  WHERE a.paid_on <= $as_of AND a.amount - coalesce(s.amount, 0) >= @rest(a.paid_on, a.currency)
),
a_contract AS (  -- cheap: the contracts of the few advances that are open
  SELECT DISTINCT contract_no FROM unsettled
),
change AS (
  SELECT
    c.contract_no,
    max(CASE WHEN c.kind = 'suspension' AND c.ends_on IS NULL THEN c.changed_on END) AS suspended_on,
    max(CASE WHEN c.ends_on IS NOT NULL THEN c.changed_on END) AS dated_on,
    max(CASE WHEN c.kind = 'suspension' OR c.ends_on IS NOT NULL THEN c.changed_on END) AS time_changed_on
  FROM a_contract a
  JOIN contract_change c ON c.contract_no = a.contract_no
  WHERE coalesce(c.changed_on, $as_of) <= $as_of
  GROUP BY c.contract_no
),
due_day AS (
  -- The day that holds is that of the latest change that gives one.
  SELECT contract_no, ends_on
  FROM (
    SELECT
      c.contract_no, c.ends_on,
      row_number() OVER (PARTITION BY c.contract_no ORDER BY c.changed_on DESC NULLS LAST, c.ends_on DESC) AS place
    FROM a_contract a
    JOIN contract_change c ON c.contract_no = a.contract_no
    WHERE c.ends_on IS NOT NULL AND coalesce(c.changed_on, $as_of) <= $as_of
  )
  WHERE place = 1
),
a_term AS (
  SELECT
    k.contract_no,
    min(k.category) AS category,
    max(coalesce(CASE WHEN k.completed_on <= $as_of THEN k.completed_on END, d.ends_on, k.ends_on)) AS ended_on,
    -- A suspension holds until a change gives a new day.
    max(CASE WHEN c.suspended_on >= coalesce(c.dated_on, c.suspended_on) THEN 1 ELSE 0 END) AS is_suspended,
    max(c.time_changed_on) AS time_changed_on,
    count(CASE WHEN k.completed_on <= $as_of THEN 1 END) > 0 AS is_completed
  FROM a_contract a
  JOIN contract k ON k.contract_no = a.contract_no
  LEFT JOIN change c ON c.contract_no = k.contract_no
  LEFT JOIN due_day d ON d.contract_no = k.contract_no
  GROUP BY k.contract_no
),
judged AS (
  SELECT
    u._row, u.advance_no, u.contract_no, u.unit_code, u.officer_no, u.currency, u.advanced, u.settled,
    CASE WHEN t.ended_on < $as_of THEN 'ended' ELSE 'running' END AS state,
    CASE
      WHEN t.ended_on < $as_of THEN greatest(t.ended_on, u.paid_on)
      ELSE greatest(u.paid_on, u.last_on, t.time_changed_on)
    END AS open_since,
    CASE WHEN t.ended_on < $as_of THEN $after_end_days ELSE $idle_days END AS days_allowed
  FROM unsettled u
  JOIN a_term t ON t.contract_no = u.contract_no
  WHERE (t.is_suspended = 0 OR t.is_completed)
    AND (t.ended_on < $as_of OR coalesce(t.category, 'works') <> 'goods')
)
SELECT
  advance_no,
  min(open_since) AS occurred_on,
  max(advanced - settled) AS amount,
  min(currency) AS currency,
  min(unit_code) AS unit_code,
  min(officer_no) AS officer_no,
  min(contract_no) AS fact_contract,
  min(state) AS fact_state,
  min(open_since) AS fact_open_since,
  max(CAST($as_of AS INT) - CAST(open_since AS INT)) AS fact_open_days,
  max(advanced) AS fact_advanced,
  max(settled) AS fact_settled,
  array_agg(_row ORDER BY _row) AS evidence
FROM judged
WHERE CAST($as_of AS INT) - CAST(open_since AS INT) > days_allowed
GROUP BY advance_no
