data "partnercenter_subscription" "mail_guard" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  id          = "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
}

output "renews" {
  value = data.partnercenter_subscription.mail_guard.auto_renew_enabled ? data.partnercenter_subscription.mail_guard.commitment_end_date : "never"
}
