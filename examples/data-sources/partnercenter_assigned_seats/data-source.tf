data "partnercenter_assigned_seats" "nordwind" {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
}

# Free seats of each product in the whole tenant, from whomever they were bought.
output "free_seats" {
  value = { for sku in data.partnercenter_assigned_seats.nordwind.assigned_seats : sku.name => sku.available_units }
}

check "enough_seats" {
  assert {
    condition     = alltrue([for sku in data.partnercenter_assigned_seats.nordwind.assigned_seats : sku.available_units >= 0])
    error_message = "More seats are assigned than there are."
  }
}
