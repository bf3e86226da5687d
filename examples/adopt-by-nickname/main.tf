# Takes over the subscriptions of one customer that are written down here, found by their nicknames.

locals {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"

  licenses = {
    "mail-guard-prod" = { product_id = "DZH318Z0MG7P", sku_id = "0001", quantity = 12 }
    "Verwaltung"      = { product_id = "CFQ7TTC0BW1S", sku_id = "0001", quantity = 43 }
    "Konstruktion"    = { product_id = "CFQ7TTC0BW1S", sku_id = "0001", quantity = 15 }
  }
}

data "partnercenter_subscriptions" "present" {
  customer_ids = [local.customer_id]
  status       = "active"
}

import {
  for_each = {
    for s in data.partnercenter_subscriptions.present.subscriptions : s.friendly_name => s.id
    if contains(keys(local.licenses), s.friendly_name)
  }
  to = partnercenter_subscription.licenses[each.key]
  id = "${local.customer_id}/${each.value}"
}

resource "partnercenter_subscription" "licenses" {
  for_each = local.licenses

  customer_id   = local.customer_id
  product_id    = each.value.product_id
  sku_id        = each.value.sku_id
  friendly_name = each.key
  quantity      = each.value.quantity

  lifecycle {
    # Without this, a nickname that is misspelled would be bought.
    precondition {
      condition     = contains(data.partnercenter_subscriptions.present.subscriptions[*].friendly_name, each.key)
      error_message = "The customer has no active subscription with the nickname ${each.key}."
    }
  }
}
