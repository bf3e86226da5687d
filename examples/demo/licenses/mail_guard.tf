# Software of an independent publisher, for Nordwind Maschinenbau.
resource "partnercenter_subscription" "mail_guard" {
  customer_id        = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id         = "DZH318Z0MG7P"
  sku_id             = "0001"
  friendly_name      = "mail-guard-works-2"
  quantity           = 25
  term_duration      = "P1Y"
  billing_cycle      = "monthly"
  auto_renew_enabled = true
  deletion_policy    = "cancel"
  price_limit        = { unit_price = "3.60", currency = "EUR" }
}
