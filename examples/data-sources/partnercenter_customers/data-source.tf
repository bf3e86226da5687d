# Every customer, by company name.
data "partnercenter_customers" "all" {}

output "customer_ids" {
  value = { for c in data.partnercenter_customers.all.customers : c.company_name => c.id }
}

# Those whose domain begins with "contoso".
data "partnercenter_customers" "contoso" {
  domain_prefix = "contoso"
}
