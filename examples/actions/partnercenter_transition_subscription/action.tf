# All licenses move to the premium product, at once and for the rest of the term.
action "partnercenter_transition_subscription" "premium" {
  config {
    customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
    subscription_id = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
    to_product_id   = "CFQ7TTC0BW2P"
    to_sku_id       = "0001"
    transition_type = "transition_only"
  }
}

# terraform apply -invoke=action.partnercenter_transition_subscription.premium
