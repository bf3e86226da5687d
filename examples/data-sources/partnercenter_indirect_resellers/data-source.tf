# Which reseller is on record for each subscription of a customer. Needs a signed-in user.
locals {
  customer_id = "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538"
}

data "partnercenter_indirect_resellers" "all" {}

data "partnercenter_subscriptions" "all" {
  customer_ids = [local.customer_id]
}

output "reseller_on_record" {
  value = {
    for s in data.partnercenter_subscriptions.all.subscriptions : s.friendly_name => one([
      for r in data.partnercenter_indirect_resellers.all.indirect_resellers : r.name if r.mpn_id == s.partner_id
    ])
  }
}

# Subscriptions with these on record cannot be changed, until partner_id names another reseller.
output "not_valid" {
  value = {
    for r in data.partnercenter_indirect_resellers.all.indirect_resellers : r.name => r.invalid_reason if r.is_valid == false
  }
}
