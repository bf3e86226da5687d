# Two lines, quoted before anything is bought: apply with -target=partnercenter_cart.office and look at the output first.
resource "partnercenter_cart" "office" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"

  line_items = [
    {
      product_id    = "CFQ7TTC0BW1S"
      sku_id        = "0001"
      friendly_name = "workplace-branch"
      quantity      = 10
      term_duration = "P1Y"
      billing_cycle = "monthly"
    },
    {
      product_id    = "DZH318Z0MG7P"
      sku_id        = "0001"
      friendly_name = "mail-guard-branch"
      quantity      = 10
      term_duration = "P1Y"
      billing_cycle = "monthly"
    },
  ]
}

output "quote" {
  value = [for line in partnercenter_cart.office.line_items : "${line.friendly_name}: ${line.total_price} ${line.currency_code}"]
}

# Each buys its line; whichever comes first checks all of the cart out.
resource "partnercenter_subscription" "mail_guard" {
  customer_id    = partnercenter_cart.office.customer_id
  cart_id        = partnercenter_cart.office.id
  cart_line_item = 1

  product_id    = partnercenter_cart.office.line_items[1].product_id
  sku_id        = partnercenter_cart.office.line_items[1].sku_id
  friendly_name = partnercenter_cart.office.line_items[1].friendly_name
  quantity      = partnercenter_cart.office.line_items[1].quantity
  term_duration = partnercenter_cart.office.line_items[1].term_duration
  billing_cycle = partnercenter_cart.office.line_items[1].billing_cycle

  deletion_policy = "cancel_or_turn_off_auto_renew"
}

resource "partnercenter_subscription" "workplace" {
  customer_id    = partnercenter_cart.office.customer_id
  cart_id        = partnercenter_cart.office.id
  cart_line_item = 0

  product_id    = partnercenter_cart.office.line_items[0].product_id
  sku_id        = partnercenter_cart.office.line_items[0].sku_id
  friendly_name = partnercenter_cart.office.line_items[0].friendly_name
  quantity      = partnercenter_cart.office.line_items[0].quantity
  term_duration = partnercenter_cart.office.line_items[0].term_duration
  billing_cycle = partnercenter_cart.office.line_items[0].billing_cycle
}
