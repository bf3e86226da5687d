# In the integration sandbox, where no publisher activates.
action "partnercenter_activate_subscription" "signature" {
  config {
    customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
    subscription_id = "68e5b0c4-d3f2-4719-a086-5b1c7f9e3d20"
  }
}

# terraform apply -invoke=action.partnercenter_activate_subscription.signature
