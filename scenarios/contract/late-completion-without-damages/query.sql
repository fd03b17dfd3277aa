-- Contracts completed after the day they were due, last extension included, for which no delay damages were taken off a
-- payment or booked as revenue. Damages show with the last payment, so some time is left for it, counted up to the
-- as-of day. A due day that is no working day ends on the next one.
WITH finished AS (
  SELECT
    contract_no,
    min(unit_code) AS unit_code,
    min(officer_no) AS officer_no,
    min(category) AS category,
    max(ends_on) AS ends_on,
    min(completed_on) AS completed_on,
    max(amount) AS amount,
    min(currency) AS currency
  FROM contract
  WHERE completed_on IS NOT NULL AND coalesce(status, 'completed') NOT IN ('cancelled', 'terminated')
  GROUP BY contract_no
),
change AS (
  SELECT
    c.contract_no,
    first_value(CASE WHEN c.ends_on IS NOT NULL THEN c.ends_on END ORDER BY c.ends_on IS NULL, c.changed_on DESC NULLS LAST, c.ends_on DESC)
      AS ends_on,
    first_value(CASE WHEN c.amount IS NOT NULL THEN c.amount END ORDER BY c.amount IS NULL, c.changed_on DESC NULLS LAST, c.amount DESC)
      AS amount,
    max(CASE WHEN c.kind = 'suspension' AND c.ends_on IS NULL THEN c.changed_on END) AS suspended_on,
    max(CASE WHEN c.ends_on IS NOT NULL THEN c.changed_on END) AS dated_on
  FROM contract_change c
  GROUP BY c.contract_no
),
late AS (
  SELECT
    f.contract_no, f.unit_code, f.officer_no, f.category, f.completed_on, f.currency,
    coalesce(c.ends_on, f.ends_on) AS due_on,
    coalesce(c.amount, f.amount) AS amount
  FROM finished f
  LEFT JOIN change c ON c.contract_no = f.contract_no
  WHERE f.completed_on > coalesce(c.ends_on, f.ends_on)
    -- After a suspension without a new day nobody can tell the day it was due.
    AND NOT coalesce(c.suspended_on >= coalesce(c.dated_on, c.suspended_on), false)
),
settled AS (
  SELECT contract_no FROM payment WHERE delay_damages > 0 AND contract_no IS NOT NULL
  UNION
  SELECT contract_no FROM revenue WHERE kind = 'delay_damages' AND amount > 0 AND contract_no IS NOT NULL
),
hit AS (
  SELECT
    l.contract_no, l.unit_code, l.officer_no, l.completed_on, l.currency, l.due_on, l.amount,
    CAST(l.completed_on AS INT) - CAST(l.due_on AS INT) AS days_late,
    CASE coalesce(l.category, 'works')
      WHEN 'goods' THEN @goods_rate(l.due_on)
      WHEN 'services' THEN @services_rate(l.due_on)
      ELSE @works_rate(l.due_on)
    END AS rate
  FROM late l
  LEFT JOIN settled s ON s.contract_no = l.contract_no
  WHERE s.contract_no IS NULL
    AND CAST(l.completed_on AS INT) - CAST(l.due_on AS INT) >= $least_days
    -- A year the calendar does not list gives null: not flagged.
    AND l.completed_on > CASE WHEN day_off(l.due_on) THEN add_working_days(l.due_on, 1) WHEN NOT day_off(l.due_on) THEN l.due_on END
    AND CAST($as_of AS INT) - CAST(l.completed_on AS INT) > $within_days
)
SELECT
  h.contract_no,
  max(h.completed_on) AS occurred_on,
  max(h.amount * h.days_late * h.rate / 10000) AS amount,
  min(h.currency) AS currency,
  min(h.unit_code) AS unit_code,
  min(h.officer_no) AS officer_no,
  max(h.due_on) AS fact_due_on,
  max(h.days_late) AS fact_days_late,
  max(h.amount) AS fact_contract_amount,
  array_agg(k._row ORDER BY k._row) AS evidence
FROM hit h
JOIN contract k ON k.contract_no = h.contract_no
GROUP BY h.contract_no
