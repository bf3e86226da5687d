data "partnercenter_sku" "team" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "DZH318Z0MG7P"
  id          = "0001"
}

output "limits" {
  value = "${data.partnercenter_sku.team.minimum_quantity} to ${data.partnercenter_sku.team.maximum_quantity} licences"
}
