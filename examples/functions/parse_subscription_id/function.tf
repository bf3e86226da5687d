# For modules that take one id, as terraform import does.
locals {
  id = provider::partnercenter::parse_subscription_id("5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54")
}

data "partnercenter_subscription" "mail_guard" {
  customer_id = local.id.customer_id
  id          = local.id.subscription_id
}
