# One subscription, with the guards that every purchase should have: a price limit, a most number of licenses, no long commitment by
# accident, and a nickname by which the purchase is found again when a run breaks off.

terraform {
  required_version = ">= 1.8"

  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

locals {
  long_terms = ["P2Y", "P3Y"]
}

resource "partnercenter_subscription" "this" {
  customer_id        = var.customer_id
  product_id         = var.product.product_id
  sku_id             = var.product.sku_id
  friendly_name      = var.nickname
  quantity           = var.licenses
  term_duration      = var.term_duration
  billing_cycle      = var.billing_cycle
  auto_renew_enabled = var.renew
  partner_id         = var.reseller
  price_limit        = var.price_limit
  deletion_policy    = var.protected ? "prevent" : "cancel_or_turn_off_auto_renew"

  lifecycle {
    precondition {
      condition     = var.licenses <= var.most_licenses
      error_message = "${var.nickname} would have ${var.licenses} licenses, and most_licenses is ${var.most_licenses}. Raise it if they are wanted."
    }

    precondition {
      condition     = var.allow_long_commitment || !contains(local.long_terms, var.term_duration)
      error_message = "${var.term_duration} commits for years and cannot be canceled after some days. Set allow_long_commitment = true if that is wanted."
    }
  }
}

check "set_up" {
  assert {
    condition     = partnercenter_subscription.this.waiting_for_activation != true
    error_message = "${var.nickname} waits for its set-up at ${coalesce(partnercenter_subscription.this.publisher_name, "its publisher")}: a person of the customer has to open its activation link."
  }
}
