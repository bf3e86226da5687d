# How a subscription came to its licenses: its purchase and every change that was ordered.
data "partnercenter_orders" "office" {
  customer_id      = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id  = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
  transaction_type = "UserPurchase"
}

output "history" {
  value = flatten([
    for o in data.partnercenter_orders.office.orders : [
      for l in o.line_items : "${o.creation_date} ${l.transaction_type} ${l.quantity}"
    ]
  ])
}
