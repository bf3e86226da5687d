# What a customer can buy one SKU with: every term with its billing cycle, and how long it can be given back.
data "partnercenter_availabilities" "backup" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product_id  = "DZH318Z0BK2R"
  sku_id      = "0001"
}

output "terms" {
  value = flatten([
    for a in data.partnercenter_availabilities.backup.availabilities : [
      for t in a.terms : {
        term_duration = t.duration
        billing_cycle = t.billing_cycle
        full_refund = one(flatten([
          for p in t.cancellation_policies : [for r in p.refund_options : r.expires_after if r.type == "Full"]
        ]))
      }
    ] if a.is_purchasable
  ])
}

output "licenses" {
  value = {
    for a in data.partnercenter_availabilities.backup.availabilities :
    a.segment => "${a.sku.minimum_quantity} to ${a.sku.maximum_quantity}" if a.is_purchasable
  }
}
