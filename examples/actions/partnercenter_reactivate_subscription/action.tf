# The season begins again. Suspending switched the renewal off.
action "partnercenter_reactivate_subscription" "crew" {
  config {
    customer_id        = "83b2d6f1-0e49-4a7c-b5d8-6fa1c3e92047"
    subscription_id    = "e5d91b74-08c6-4a3f-b1e2-90f7c6d83a5b"
    auto_renew_enabled = true
  }
}

# terraform apply -invoke=action.partnercenter_reactivate_subscription.crew
