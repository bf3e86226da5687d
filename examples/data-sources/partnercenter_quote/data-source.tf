# What 25 licenses would cost, in every way they are sold. A quote buys nothing.
data "partnercenter_quote" "office" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "CFQ7TTC0BW1S"
  sku_id      = "0001"
  quantity    = 25
}

# Comparable whatever the term is: {"P1M monthly" = "351.00 EUR a month", ...}
output "monthly_cost" {
  value = {
    for option in data.partnercenter_quote.office.options :
    "${option.term_duration} ${option.billing_cycle}" => format("%.2f %s a month", option.total / option.months, option.currency)
    if option.total != null
  }
}

check "budget" {
  assert {
    condition = alltrue([
      for option in data.partnercenter_quote.office.options : option.total <= 4000
      if option.term_duration == "P1Y" && option.total != null
    ])
    error_message = "A year of 25 licenses costs more than was planned for."
  }
}
