data "partnercenter_customer" "nordwind" {
  id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
}

output "country" {
  value = data.partnercenter_customer.nordwind.country
}
