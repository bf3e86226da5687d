customer_id    = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
employees      = 12
spending_limit = { amount = "5000.00", currency = "EUR" }
