data "partnercenter_transition_eligibilities" "office" {
  customer_id     = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  subscription_id = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
}

# Products that its licenses can move to within the term.
output "moves_to" {
  value = [
    for t in data.partnercenter_transition_eligibilities.office.transition_eligibilities : t.title
    if anytrue(t.eligibilities[*].is_eligible)
  ]
}
