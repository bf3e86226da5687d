# Everything of one publisher that is sold in Germany.
data "partnercenter_products" "fabrikant" {
  country        = "DE"
  publisher_name = "Fabrikant"
}

# New-commerce licences for one customer.
data "partnercenter_products" "workplace" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  target_view = "OnlineServices"
  title       = "workplace"
}

output "workplace" {
  value = { for p in data.partnercenter_products.workplace.products : p.title => p.id }
}
