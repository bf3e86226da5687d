terraform {
  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

provider "partnercenter" {
  # The only customers that may be changed, and the most that one run may spend.
  allowed_customer_ids = [
    "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10",
    "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538",
  ]
  spending_limit = {
    amount   = "5000.00"
    currency = "EUR"
  }
}
