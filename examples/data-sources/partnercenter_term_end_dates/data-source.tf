data "partnercenter_term_end_dates" "with_office" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  term_duration   = "P1Y"
  subscription_id = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
}

# What to write as custom_term_end_date, to let a purchase end together with this subscription.
output "ends_with_office" {
  value = one(data.partnercenter_term_end_dates.with_office.term_end_dates[*].custom_term_end_date)
}
