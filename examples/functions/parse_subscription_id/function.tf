# A subscription by its import ID.
locals {
  import_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
  ids       = provider::partnercenter::parse_subscription_id(local.import_id)
}

data "partnercenter_subscription" "mail_guard" {
  customer_id = local.ids.customer_id
  id          = local.ids.subscription_id
}
