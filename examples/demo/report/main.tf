# What a customer has, as a table.

terraform {
  required_providers {
    partnercenter = {
      source = "partnercenter-community/partnercenter"
    }
  }
}

provider "partnercenter" {
  read_only = true # reports and nightly plans cannot buy anything
}

variable "customer_id" {
  type    = string
  default = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
}

data "partnercenter_customer" "this" {
  id = var.customer_id
}

data "partnercenter_subscriptions" "this" {
  customer_ids = [var.customer_id]
}

locals {
  row = "%-22s %-26s %8s  %-10s %s"
}

output "table" {
  value = join("\n", concat(
    [
      data.partnercenter_customer.this.billing_profile.company_name,
      "",
      format(local.row, "NICKNAME", "OFFER", "LICENSES", "STATUS", "TERM"),
    ],
    [
      for s in data.partnercenter_subscriptions.this.subscriptions : format(local.row,
        s.friendly_name, s.offer_name, s.quantity, s.status,
        s.commitment_end_date == null ? "not begun" : "${s.auto_renew_enabled ? "renews" : "ends"} ${formatdate("YYYY-MM-DD", s.commitment_end_date)}"
      )
    ],
  ))
}
