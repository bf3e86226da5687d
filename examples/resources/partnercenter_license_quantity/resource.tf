# A subscription that was bought in Partner Center: only its licenses follow the number of employees.
variable "employees" {
  type    = number
  default = 43
}

resource "partnercenter_license_quantity" "office" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
  quantity        = var.employees
}
