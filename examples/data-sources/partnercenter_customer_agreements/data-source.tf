# Which customers cannot buy anything, because they lack the Microsoft Customer Agreement? Needs a signed-in user.
data "partnercenter_customers" "all" {}

data "partnercenter_customer_agreements" "each" {
  for_each = {
    for c in data.partnercenter_customers.all.customers : c.company_name => c.id if c.relationship_to_partner == "reseller"
  }
  customer_id = each.value
}

output "without_agreement" {
  value = [for name, a in data.partnercenter_customer_agreements.each : name if !a.accepted]
}

output "agreement_too_old" {
  value = [for name, a in data.partnercenter_customer_agreements.each : name if a.too_old]
}
