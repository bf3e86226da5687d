# What a customer has, to bring it under control:
#   terraform query -generate-config-out=nordwind.tf
# writes a resource and an import block for each.
list "partnercenter_subscription" "nordwind" {
  provider = partnercenter
  limit    = 1000

  config {
    customer_ids = ["5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"]
  }
}
