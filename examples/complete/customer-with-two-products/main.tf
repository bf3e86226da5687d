# One customer with two products: Microsoft's licenses, and the software of an independent publisher that protects their mailboxes.

terraform {
  required_version = ">= 1.8"

  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

# Who signs in comes from the environment. This configuration can spend money for one customer, and not more than this in one run.
provider "partnercenter" {
  allowed_customer_ids = [var.customer_id]
  spending_limit       = var.spending_limit
}

variable "customer_id" {
  type        = string
  description = "The customer's tenant ID, which Partner Center shows as \"Microsoft ID\"."
}

variable "employees" {
  type        = number
  description = "People who get licenses of both products."

  validation {
    condition     = var.employees >= 1 && var.employees == floor(var.employees)
    error_message = "employees is a whole number of people, at least 1."
  }
}

variable "spending_limit" {
  type        = object({ amount = string, currency = string })
  description = "Most that the purchases of one run may add up to, for their whole terms."
}

data "partnercenter_customer" "this" {
  id = var.customer_id
}

# Both lines are quoted, and are in the state, before anything is bought. A run that breaks off after the checkout goes on with this cart.
resource "partnercenter_cart" "first_year" {
  customer_id = var.customer_id

  line_items = [
    {
      product_id    = "CFQ7TTC0BW1S" # Workplace 365 Standard
      sku_id        = "0001"
      friendly_name = "workplace"
      quantity      = var.employees
      term_duration = "P1Y"
      billing_cycle = "monthly"
    },
    {
      product_id    = "DZH318Z0MG7P" # Mail Guard
      sku_id        = "0001"
      friendly_name = "mail-guard"
      quantity      = var.employees
      term_duration = "P1Y"
      billing_cycle = "monthly"
    },
  ]

  lifecycle {
    ignore_changes = [line_items] # what was ordered stays what it was, also when employees come and go
  }
}

# Line 0 of the cart: new-commerce licenses.
resource "partnercenter_subscription" "workplace" {
  customer_id    = var.customer_id
  cart_id        = partnercenter_cart.first_year.id
  cart_line_item = 0

  product_id      = "CFQ7TTC0BW1S"
  sku_id          = "0001"
  friendly_name   = "workplace"
  quantity        = var.employees
  term_duration   = "P1Y"
  billing_cycle   = "monthly"
  price_limit     = { unit_price = "12.00", currency = "EUR" }
  deletion_policy = "cancel_or_turn_off_auto_renew"
}

# Line 1: marketplace software. A person of the customer has to open its activation link before it can be used, and is billed.
resource "partnercenter_subscription" "mail_guard" {
  customer_id    = var.customer_id
  cart_id        = partnercenter_cart.first_year.id
  cart_line_item = 1

  product_id      = "DZH318Z0MG7P"
  sku_id          = "0001"
  friendly_name   = "mail-guard"
  quantity        = var.employees
  term_duration   = "P1Y"
  billing_cycle   = "monthly"
  price_limit     = { unit_price = "3.60", currency = "EUR" }
  deletion_policy = "cancel_or_turn_off_auto_renew"
}

output "summary" {
  value = <<-EOT
    ${data.partnercenter_customer.this.billing_profile.company_name}
    ${partnercenter_subscription.workplace.offer_name}: ${partnercenter_subscription.workplace.quantity} licenses until ${formatdate("YYYY-MM-DD", partnercenter_subscription.workplace.current_term.ends)}
    ${partnercenter_subscription.mail_guard.offer_name}: ${partnercenter_subscription.mail_guard.waiting_for_activation == true ? "waits for its set-up at ${partnercenter_subscription.mail_guard.publisher_name}" : "in use"}
  EOT
}
