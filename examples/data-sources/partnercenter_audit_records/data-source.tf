# Who changed a subscription in the last 30 days, and how?
data "partnercenter_audit_records" "office" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
  operation_type  = "update_subscription"
}

output "changes" {
  value = [
    for r in data.partnercenter_audit_records.office.audit_records : {
      when = r.operation_date
      who  = r.user_principal_name
      from = try(jsondecode(r.resource_old_value).Quantity, null)
      to   = try(jsondecode(r.resource_new_value).Quantity, null)
    }
  ]
}
