# What a subscription cost when it was bought.
data "partnercenter_subscription" "mail_guard" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  id          = "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
}

data "partnercenter_order" "purchase" {
  customer_id = data.partnercenter_subscription.mail_guard.customer_id
  id          = data.partnercenter_subscription.mail_guard.order_id
}

output "price" {
  value = "${data.partnercenter_order.purchase.total_price} ${data.partnercenter_order.purchase.currency_code}"
}
