# The ID of a product that is known by its name.
data "partnercenter_product" "mail_guard" {
  country        = "DE"
  title          = "Mail Guard"
  publisher_name = "Fabrikant Security GmbH"
}

output "product_id" {
  value = data.partnercenter_product.mail_guard.id
}
