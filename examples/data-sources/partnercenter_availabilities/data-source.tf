data "partnercenter_availabilities" "mail_guard" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "DZH318Z0MG7P"
  sku_id      = "0001"
}

# The pairs of term_duration and billing_cycle that a subscription can be bought with.
output "terms" {
  value = distinct(flatten([
    for a in data.partnercenter_availabilities.mail_guard.availabilities : [
      for t in a.terms : "${t.duration} ${t.billing_cycle}"
    ] if a.is_purchasable
  ]))
}
