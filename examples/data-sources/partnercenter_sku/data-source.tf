# How many licenses to ask for, within what the plan takes.
data "partnercenter_sku" "enterprise" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "DZH318Z0MG7P"
  id          = "0002"
}

variable "employees" {
  type    = number
  default = 180
}

output "licenses" {
  value = min(
    max(var.employees, data.partnercenter_sku.enterprise.minimum_quantity),
    data.partnercenter_sku.enterprise.maximum_quantity,
  )
}
