# terraform test -test-directory=tests/emulator: with the emulator instead of mocks, so that everything the provider checks is checked.
# Its address and credentials come from the environment. At the end the test destroys what it made, inside the cancellation window.

variables {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product     = { product_id = "CFQ7TTC0BW1S", sku_id = "0001" }
  nickname    = "workplace-test"
  licenses    = 25
  renew       = false
  protected   = false
  price_limit = { unit_price = "12.00", currency = "EUR" }
}

run "buys_what_was_asked_for" {
  assert {
    condition     = partnercenter_subscription.this.status == "active" && partnercenter_subscription.this.quantity == 25
    error_message = "It bought ${partnercenter_subscription.this.quantity} licenses, which are ${partnercenter_subscription.this.status}."
  }

  assert {
    condition     = output.cancellable_until != null
    error_message = "It cannot be canceled."
  }
}

run "says_what_it_commits_to" {
  assert {
    condition     = output.commitment.currency == "EUR" && tonumber(output.commitment.total) == 25 * 12 * tonumber(output.commitment.unit_price)
    error_message = "25 licenses for a year commit to ${output.commitment.total} ${output.commitment.currency}."
  }
}

run "ends_with_its_term" {
  assert {
    condition     = partnercenter_subscription.this.auto_renew_enabled == false
    error_message = "It renews, or goes on after its term."
  }
}

run "adds_licenses" {
  variables {
    licenses = 30
  }

  assert {
    condition     = partnercenter_subscription.this.quantity == 30
    error_message = "It has ${partnercenter_subscription.this.quantity} licenses."
  }
}
