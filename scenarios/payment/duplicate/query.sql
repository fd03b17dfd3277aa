-- A payment that another to the same vendor, of the same amount, came before or beside: under the same invoice number
-- within a year, or within a few days. One finding is about one day, the later one.
WITH candidate AS (  -- cheap: the amounts a vendor was paid more than once at all
  SELECT vendor_no, currency, amount
  FROM payment
  WHERE vendor_no IS NOT NULL AND amount > 0 AND amount >= @floor(paid_on, currency)
  GROUP BY vendor_no, currency, amount
  HAVING count(*) > 1
),
paid AS (
  SELECT
    p._row, p.vendor_no, p.currency, p.amount, p.paid_on, p.unit_code, p.officer_no,
    -- `46284350_1` and `1031433 - 5` are lines of one transaction; a row without a number stands for itself.
    coalesce(regexp_replace(p.payment_no, '( - |_)[0-9]{1,3}$', ''), concat('row ', CAST(p._row AS VARCHAR))) AS transaction_no,
    upper(regexp_replace(p.invoice_no, '[^0-9A-Za-z가-힣]', '', 'g')) AS invoice_key
  FROM candidate c
  JOIN payment p ON p.vendor_no = c.vendor_no AND p.amount = c.amount AND p.currency = c.currency
  WHERE p.amount >= @floor(p.paid_on, p.currency)
),
a_day AS (
  SELECT vendor_no, currency, amount, paid_on, count(DISTINCT transaction_no) AS transactions
  FROM paid
  GROUP BY vendor_no, currency, amount, paid_on
),
after_a_day AS (
  SELECT
    vendor_no, currency, amount, paid_on, transactions,
    lag(paid_on) OVER (PARTITION BY vendor_no, currency, amount ORDER BY paid_on) AS previous_on,
    lag(transactions) OVER (PARTITION BY vendor_no, currency, amount ORDER BY paid_on) AS previous_transactions
  FROM a_day
),
near AS (
  SELECT
    vendor_no, currency, amount, paid_on, transactions,
    CASE WHEN CAST(paid_on AS INT) - CAST(previous_on AS INT) <= $within_days THEN previous_on END AS previous_on,
    CASE WHEN CAST(paid_on AS INT) - CAST(previous_on AS INT) <= $within_days THEN previous_transactions ELSE 0 END
      AS previous_transactions
  FROM after_a_day
),
an_invoice AS (
  SELECT vendor_no, currency, amount, invoice_key, paid_on, count(DISTINCT transaction_no) AS transactions
  FROM paid
  WHERE invoice_key <> ''
  GROUP BY vendor_no, currency, amount, invoice_key, paid_on
),
after_an_invoice AS (
  SELECT
    vendor_no, currency, amount, invoice_key, paid_on, transactions,
    lag(paid_on) OVER (PARTITION BY vendor_no, currency, amount, invoice_key ORDER BY paid_on) AS previous_on
  FROM an_invoice
),
same_invoice AS (
  SELECT
    vendor_no, currency, amount, invoice_key, paid_on, transactions,
    CASE WHEN CAST(paid_on AS INT) - CAST(previous_on AS INT) <= $invoice_within_days THEN previous_on END AS previous_on
  FROM after_an_invoice
),
twin AS (
  SELECT vendor_no, currency, amount, paid_on, previous_on, CAST(NULL AS VARCHAR) AS invoice_key
  FROM near
  WHERE transactions + previous_transactions BETWEEN 2 AND $most_alike
  UNION ALL
  SELECT vendor_no, currency, amount, paid_on, previous_on, invoice_key
  FROM same_invoice
  WHERE transactions > 1 OR previous_on IS NOT NULL
),
flagged AS (
  SELECT
    t.vendor_no, t.currency, t.amount, t.paid_on, p._row, p.transaction_no, p.unit_code, p.officer_no,
    p.paid_on AS row_paid_on, max(t.invoice_key) AS invoice_key
  FROM twin t
  JOIN paid p
    ON p.vendor_no = t.vendor_no
    AND p.amount = t.amount
    AND p.currency = t.currency
    AND (p.paid_on = t.paid_on OR p.paid_on = t.previous_on)
    AND (t.invoice_key IS NULL OR p.invoice_key = t.invoice_key)
  GROUP BY
    t.vendor_no, t.currency, t.amount, t.paid_on, p._row, p.transaction_no, p.unit_code, p.officer_no, p.paid_on
)
SELECT
  vendor_no,
  amount AS each_amount,
  currency,
  paid_on,
  paid_on AS occurred_on,
  amount * (count(DISTINCT transaction_no) - 1) AS amount,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(DISTINCT transaction_no) AS fact_payments,
  CAST(max(CAST(row_paid_on AS INT)) - min(CAST(row_paid_on AS INT)) AS BIGINT) AS fact_days_apart,
  count(invoice_key) > 0 AS fact_same_invoice,
  array_agg(_row ORDER BY _row) AS evidence
FROM flagged
GROUP BY vendor_no, amount, currency, paid_on
