# Marketplace software that the customer has not set up yet.

mock_provider "partnercenter" {
  mock_resource "partnercenter_subscription" {
    defaults = {
      publisher_name         = "Fabrikant Security GmbH"
      waiting_for_activation = true
    }
  }
}

variables {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product     = { product_id = "DZH318Z0MG7P", sku_id = "0001" }
  nickname    = "mail-guard-sales"
  licenses    = 25
  renew       = true
  price_limit = { unit_price = "3.60", currency = "EUR" }
}

run "waits_for_its_publisher" {
  expect_failures = [check.set_up]
}
