# Licenses of an independent publisher, from the commercial marketplace.
resource "partnercenter_subscription" "mail_guard" {
  customer_id   = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id    = "DZH318Z0MG7P"
  sku_id        = "0001"
  friendly_name = "mail-guard-sales"
  quantity      = 25
  term_duration = "P1Y"
  billing_cycle = "monthly"

  # Nothing is bought at a higher price than this.
  price_limit = {
    unit_price = "3.60"
    currency   = "EUR"
  }

  # Destroying cancels within hours of the purchase, and lets the subscription end with its term afterwards.
  deletion_policy = "cancel_or_turn_off_auto_renew"
}

# New-commerce licenses, sold by an indirect reseller. 40 licenses now, 30 from the next term on.
resource "partnercenter_subscription" "workplace" {
  customer_id        = "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538"
  product_id         = "CFQ7TTC0BW1S"
  sku_id             = "0001"
  friendly_name      = "workplace-paris"
  quantity           = 40
  term_duration      = "P1Y"
  billing_cycle      = "monthly"
  auto_renew_enabled = true
  partner_id         = "7700124"

  scheduled_next_term_instructions = {
    product_id    = "CFQ7TTC0BW1S"
    sku_id        = "0001"
    term_duration = "P1Y"
    billing_cycle = "monthly"
    quantity      = 30
  }
}

# An add-on is a subscription of its own, bought after what it is added to. This one ends with its term; nothing extends it.
resource "partnercenter_subscription" "calling" {
  customer_id   = "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538"
  product_id    = "CFQ7TTC0AD7N"
  sku_id        = "0001"
  friendly_name = "calling-paris"
  quantity      = 10
  term_duration = "P1Y"
  billing_cycle = "monthly"
  end_of_term   = "cancel"

  depends_on = [partnercenter_subscription.workplace]
}
