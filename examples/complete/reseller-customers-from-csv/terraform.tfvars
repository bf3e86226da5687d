reseller       = "7700123"
spending_limit = { amount = "5000.00", currency = "EUR" }
