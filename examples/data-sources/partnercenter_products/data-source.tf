# What a publisher sells in Germany.
data "partnercenter_products" "paraphe" {
  country        = "DE"
  publisher_name = "paraphe"
}

output "products" {
  value = { for p in data.partnercenter_products.paraphe.products : p.id => p.title }
}

# What a customer could move to: new-commerce products with "365" in their title.
data "partnercenter_products" "workplace" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  target_view = "OnlineServices"
  title       = "365"
}
