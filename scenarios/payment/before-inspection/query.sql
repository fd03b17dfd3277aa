-- Payments dated before what must come first: the contract, the payment order, the inspection. Each step is judged by days
-- that are there; a contract or inspection that is not in its register says nothing.
WITH signed AS (
  -- Of a contract that stands twice the earlier day counts.
  SELECT contract_no, min(signed_on) AS signed_on FROM contract GROUP BY contract_no
),
passed AS (
  SELECT
    contract_no,
    min(CASE WHEN kind = 'progress' THEN inspected_on END) AS progress_on,
    min(CASE WHEN kind IN ('completion', 'delivery') THEN inspected_on END) AS completion_on
  FROM inspection
  WHERE coalesce(result, 'passed') = 'passed'
  GROUP BY contract_no
),
paid AS (
  SELECT
    p._row, p.unit_code, p.vendor_no, p.contract_no, p.paid_on, p.amount, p.currency, p.officer_no,
    -- What was paid before the amount was fixed may come before the contract too.
    CASE WHEN coalesce(p.stage, '') <> 'temporary' THEN s.signed_on END AS signed_on,
    p.ordered_on,
    -- An advance needs no inspection, and without a stage nobody can tell. The day in the payment's papers decides; where
    -- they have none, the first passed inspection of a kind that fits. Part of the work may be inspected with the whole.
    CASE
      WHEN p.stage IN ('progress', 'completion', 'single') AND p.inspected_on IS NOT NULL THEN p.inspected_on
      WHEN p.stage = 'progress' THEN least(i.progress_on, i.completion_on)
      WHEN p.stage IN ('completion', 'single') THEN i.completion_on
    END AS inspected_on
  FROM payment p
  LEFT JOIN signed s ON s.contract_no = p.contract_no
  LEFT JOIN passed i ON i.contract_no = p.contract_no
  WHERE p.amount > 0 AND p.paid_on IS NOT NULL
),
ahead AS (
  SELECT
    _row, unit_code, vendor_no, contract_no, paid_on, amount, currency, officer_no,
    CASE WHEN CAST(signed_on AS INT) - CAST(paid_on AS INT) > $ahead_days THEN signed_on END AS signed_on,
    CASE WHEN CAST(ordered_on AS INT) - CAST(paid_on AS INT) > $ahead_days THEN ordered_on END AS ordered_on,
    CASE WHEN CAST(inspected_on AS INT) - CAST(paid_on AS INT) > $ahead_days THEN inspected_on END AS inspected_on
  FROM paid
  WHERE signed_on > paid_on OR ordered_on > paid_on OR inspected_on > paid_on
),
hit AS (
  SELECT
    _row, unit_code, vendor_no, contract_no, paid_on, amount, currency, officer_no,
    CASE WHEN signed_on IS NOT NULL THEN 1 WHEN ordered_on IS NOT NULL THEN 2 ELSE 3 END AS step,
    coalesce(signed_on, ordered_on, inspected_on) AS step_on
  FROM ahead
  WHERE coalesce(signed_on, ordered_on, inspected_on) IS NOT NULL
)
SELECT
  unit_code,
  vendor_no,
  contract_no,
  paid_on,
  paid_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_payments,
  CASE min(step) WHEN 1 THEN 'contract' WHEN 2 THEN 'order' ELSE 'inspection' END AS fact_step,
  first_value(step_on ORDER BY step, step_on DESC) AS fact_step_on,
  CAST(first_value(step_on ORDER BY step, step_on DESC) AS INT) - CAST(paid_on AS INT) AS fact_days_ahead,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
GROUP BY unit_code, vendor_no, contract_no, paid_on, currency
