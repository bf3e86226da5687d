# terraform test (or tofu test) runs this without Partner Center, and without signing in: what the provider would answer is made up.

mock_provider "partnercenter" {
  mock_resource "partnercenter_subscription" {
    defaults = {
      id                     = "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
      status                 = "active"
      publisher_name         = "Fabrikant Security GmbH"
      waiting_for_activation = false
      current_term = {
        begins            = "2026-03-01T09:00:00Z"
        ends              = "2027-03-01T00:00:00Z"
        cancellable_until = "2026-03-04T09:00:00Z"
      }
    }
  }
}

variables {
  customer_id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
  product     = { product_id = "DZH318Z0MG7P", sku_id = "0001" }
  nickname    = "mail-guard-sales"
  licenses    = 25
  renew       = false
  price_limit = { unit_price = "3.60", currency = "EUR" }
}

run "careful_by_default" {
  assert {
    condition     = partnercenter_subscription.this.auto_renew_enabled == false
    error_message = "It renews although that was not wanted."
  }

  assert {
    condition     = partnercenter_subscription.this.deletion_policy == "prevent"
    error_message = "It can be destroyed although it is protected."
  }

  assert {
    condition     = output.cancellable_until == "2026-03-04T09:00:00Z"
    error_message = "The output does not say until when it can be canceled."
  }
}

run "can_be_given_up_when_unprotected" {
  command = plan

  variables {
    protected = false
  }

  assert {
    condition     = partnercenter_subscription.this.deletion_policy == "cancel_or_turn_off_auto_renew"
    error_message = "Destroying does not cancel inside the cancellation window."
  }
}

run "too_many_licenses" {
  command = plan

  variables {
    licenses = 250
  }

  expect_failures = [partnercenter_subscription.this]
}

run "three_years_by_accident" {
  command = plan

  variables {
    term_duration = "P3Y"
  }

  expect_failures = [partnercenter_subscription.this]
}

run "three_years_on_purpose" {
  command = plan

  variables {
    term_duration         = "P3Y"
    allow_long_commitment = true
  }
}

run "half_a_license" {
  command = plan

  variables {
    licenses = 2.5
  }

  expect_failures = [var.licenses]
}

run "nickname_with_blanks" {
  command = plan

  variables {
    nickname = "Mail Guard"
  }

  expect_failures = [var.nickname]
}
