# The plans of a product, with how many licenses each takes.
data "partnercenter_skus" "mail_guard" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "DZH318Z0MG7P"
}

output "plans" {
  value = {
    for s in data.partnercenter_skus.mail_guard.skus :
    s.id => "${s.title}: ${s.minimum_quantity} to ${s.maximum_quantity}"
  }
}
