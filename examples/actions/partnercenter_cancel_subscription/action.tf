# A subscription that was bought by mistake, in Partner Center, a few days ago.
action "partnercenter_cancel_subscription" "mistake" {
  config {
    customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
    subscription_id = "c2b81e7d-40f9-4d56-8a13-96d7e05f2c8b"
  }
}

# terraform apply -invoke=action.partnercenter_cancel_subscription.mistake
