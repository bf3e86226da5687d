# By its title, for what the customer may buy.
data "partnercenter_product" "mail_guard" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  title       = "Mail Guard"
}

output "product_id" {
  value = data.partnercenter_product.mail_guard.id
}
