# An indirect provider sells what one reseller has ordered for its customers in a table: a line is a subscription.

terraform {
  required_version = ">= 1.8"

  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

provider "partnercenter" {
  spending_limit = var.spending_limit
}

variable "orders" {
  type        = string
  default     = "subscriptions.csv"
  description = "The table, beside this file."
}

variable "reseller" {
  type        = string
  description = "PartnerID (formerly MPN ID) of the reseller that is partner on record of all of it."
}

variable "spending_limit" {
  type        = object({ amount = string, currency = string })
  description = "Most that the purchases of one run may add up to, for their whole terms."
}

data "partnercenter_customers" "all" {}

locals {
  customers = { for c in data.partnercenter_customers.all.customers : lower(c.domain) => c }

  # A line is known by customer and nickname, not by its number, so that lines can be sorted, added and taken out. Two lines of the same
  # name are an error here, before anything is planned.
  lines = {
    for line in csvdecode(file("${path.module}/${var.orders}")) :
    "${lower(line.customer_domain)}/${line.nickname}" => merge(line, { customer_domain = lower(line.customer_domain) })
  }
  unknown = distinct([for line in local.lines : line.customer_domain if !contains(keys(local.customers), line.customer_domain)])
}

resource "partnercenter_subscription" "ordered" {
  for_each = { for name, line in local.lines : name => line if !contains(local.unknown, line.customer_domain) }

  customer_id        = local.customers[each.value.customer_domain].id
  product_id         = each.value.product_id
  sku_id             = each.value.sku_id
  friendly_name      = each.value.nickname
  quantity           = tonumber(each.value.quantity)
  term_duration      = each.value.term_duration
  billing_cycle      = each.value.billing_cycle
  auto_renew_enabled = tobool(each.value.auto_renew)
  partner_id         = var.reseller

  # A line that is taken out of the table cancels its subscription while that is possible, and lets it end with its term afterwards.
  deletion_policy = "cancel_or_turn_off_auto_renew"
}

check "customers_are_known" {
  assert {
    condition     = length(local.unknown) == 0
    error_message = "These customers of the table have no reseller relationship with us, so nothing is bought for them: ${join(", ", local.unknown)}."
  }
}

output "licenses_by_customer" {
  value = {
    for id in distinct([for s in partnercenter_subscription.ordered : s.customer_id]) :
    one([for c in local.customers : c.company_name if c.id == id]) => sum([for s in partnercenter_subscription.ordered : s.quantity if s.customer_id == id])
  }
}
