data "partnercenter_subscriptions" "active" {
  customer_ids = ["5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"]
  status       = "active"
}

# What waits for the customer to finish the set-up at the publisher.
output "waiting_for_activation" {
  value = [
    for s in data.partnercenter_subscriptions.active.subscriptions : s.friendly_name
    if s.product_type == "marketplace_saas" && s.attention_needed
  ]
}

# Licenses in use, by publisher.
output "licenses_by_publisher" {
  value = {
    for publisher, quantities in {
      for s in data.partnercenter_subscriptions.active.subscriptions : coalesce(s.publisher_name, "unknown") => s.quantity...
    } : publisher => sum(quantities)
  }
}
